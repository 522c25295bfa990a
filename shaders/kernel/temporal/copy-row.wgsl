// Copies one row of a history to one of another: QUADS vec4s from row FROM to row TO.
#import lib/grid

override QUADS: u32;
override FROM: u32;
override TO: u32;

@group(0) @binding(0) var<storage, read> value: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  if (at < QUADS) { result[TO * QUADS + at] = value[FROM * QUADS + at]; }
}

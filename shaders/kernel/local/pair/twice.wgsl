// Two copies of every sample, one under the other.
#import lib/grid

override ROWS: u32;
override COLUMNS: u32;

@group(0) @binding(0) var<storage, read> value: array<vec4f>;         // [ROWS / 2, COLUMNS]
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>;  // [ROWS, COLUMNS]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let quads = (COLUMNS + 3u) / 4u;
  if (at >= ROWS * quads) { return; }
  result[at] = value[at / quads / 2u * quads + at % quads];
}

// Everything starts from rest.
#import lib/grid

@group(0) @binding(0) var<storage, read_write> result: array<vec4u>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  if (at < arrayLength(&result)) { result[at] = vec4u(0u); }
}

// The peak of memory traffic: every vec4 of one buffer to another. Bytes moved: twice the buffer.
#import lib/grid

override COUNT: u32; // vec4s

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> destination: array<vec4f>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 256u);
  if (at < COUNT) { destination[at] = source[at]; }
}

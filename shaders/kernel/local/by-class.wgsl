// The evidence of the copies of a sample, a row each, becomes what the output neurons say: class c from copy c.
#import lib/grid

override BATCH: u32;
override CLASSES: u32;

@group(0) @binding(0) var<storage, read> evidence: array<vec4f>;   // [CLASSES · BATCH, 1]
@group(0) @binding(1) var<storage, read_write> result: array<f32>; // [BATCH, CLASSES], rows padded to four

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  let stride = (CLASSES + 3u) / 4u * 4u;
  if (at >= BATCH * stride || at % stride >= CLASSES) { return; }
  result[at] = evidence[at / stride * CLASSES + at % stride].x;
}

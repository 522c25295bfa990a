// What a synapse added up in each sample, added up over the samples in their order.
#import lib/grid

override BATCH: u32;
override QUADS: u32;

@group(0) @binding(0) var<storage, read> each: array<vec4f>;             // [BATCH, IN, OUT]
@group(0) @binding(1) var<storage, read_write> gradient: array<vec4f>;   // [IN, OUT]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = flatIndex(group, lane, 64u);
  if (at >= QUADS) { return; }
  var sum = vec4f();
  for (var b = 0u; b < BATCH; b++) { sum += each[b * QUADS + at]; }
  gradient[at] = sum;
}

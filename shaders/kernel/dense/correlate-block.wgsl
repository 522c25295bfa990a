// correlate for real GPUs: a workgroup computes 64 presynaptic × 64 postsynaptic neurons, an invocation 4 × 4 of
// them. DEPTH samples at a time, x and e pass through workgroup memory. The row after the last neuron is the bias,
// whose x is 1. The same bits as correlate.wgsl.
#import lib/tile
#import OPTIMISER

@group(0) @binding(0) var<storage, read> pre: array<vec4f>; // [BATCH, IN4]
@group(0) @binding(1) var<storage, read> error: array<vec4f>; // [BATCH, OUT4]

var<workgroup> left: array<array<vec4f, 16>, DEPTH>;  // [sample][presynaptic]
var<workgroup> right: array<array<vec4f, 16>, DEPTH>; // [sample][postsynaptic]

@compute @workgroup_size(16, 16)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) at: vec3u,
        @builtin(local_invocation_index) thread: u32) {
  let tile = tileOf(group);
  let row = tile.y * 64u + at.y * 4u;
  let o = tile.x * 16u + at.x;
  var sum: array<vec4f, 4>;
  for (var k0 = 0u; k0 < BATCH; k0 += DEPTH) {
    for (var s = thread; s < 16u * DEPTH; s += 256u) {
      let k = k0 + s / 16u;
      let i = tile.y * 16u + s % 16u;
      let neuron = vec4u(i * 4u) + vec4u(0u, 1u, 2u, 3u);
      left[s / 16u][s % 16u] = select(pre[k * IN4 + i], vec4f(1), neuron == vec4u(IN));
      right[s / 16u][s % 16u] = error[k * OUT4 + tile.x * 16u + s % 16u];
    }
    workgroupBarrier();
    let depth = min(DEPTH, BATCH - k0);
    for (var k = 0u; k < depth; k++) {
      let x = left[k][at.y];
      let e = right[k][at.x];
      for (var r = 0u; r < 4u; r++) { sum[r] = fma(vec4f(x[r]), e, sum[r]); }
    }
    workgroupBarrier();
  }
  prepare();
  for (var r = 0u; r < 4u; r++) {
    if (row + r <= IN && o < OUT4) { learn((row + r) * OUT4 + o, sum[r] / f32(BATCH)); }
  }
}

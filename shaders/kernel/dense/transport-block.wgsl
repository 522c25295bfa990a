// transport for real GPUs: a workgroup computes 64 samples × 64 presynaptic neurons, an invocation 4 × 4 of them.
// DEPTH terms at a time, e and W pass through workgroup memory; both arrive along k, coalesced, and are turned on the
// way in. The same bits as transport.wgsl.
#import lib/tile
#import ACTIVATION

@group(0) @binding(0) var<storage, read> error: array<vec4f>; // [BATCH, OUT4]
@group(0) @binding(1) var<storage, read> weight: array<vec4f>; // [in + 1, OUT4]
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>; // [BATCH, IN4]
@group(0) @binding(3) var<storage, read> activity: array<vec4f>; // [BATCH, IN4]

// Staged as single numbers: neighbours write neighbouring ones, and writing a part of a vector may rewrite all of it.
var<workgroup> left: array<array<f32, 64>, DEPTH>; // [k][sample]
var<workgroup> right: array<array<f32, 64>, DEPTH>; // [k][neuron]

@compute @workgroup_size(16, 16)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) at: vec3u,
        @builtin(local_invocation_index) thread: u32) {
  let tile = tileOf(group);
  let row = tile.y * 64u + at.y * 4u;
  let i = tile.x * 16u + at.x;
  var sum: array<vec4f, 4>;
  for (var k0 = 0u; k0 < OUT4 * 4u; k0 += DEPTH) {
    for (var s = thread; s < 16u * DEPTH; s += 256u) {
      let k4 = s % (DEPTH / 4u);
      let line = s / (DEPTH / 4u); // a sample of error, a neuron of weight
      let e = error[(tile.y * 64u + line) * OUT4 + k0 / 4u + k4];
      let w = weight[(tile.x * 64u + line) * OUT4 + k0 / 4u + k4];
      for (var j = 0u; j < 4u; j++) {
        left[k4 * 4u + j][line] = e[j];
        right[k4 * 4u + j][line] = w[j];
      }
    }
    workgroupBarrier();
    let depth = min(DEPTH, OUT4 * 4u - k0);
    for (var k = 0u; k < depth; k++) {
      let i4 = at.x * 4u;
      let w = vec4f(right[k][i4], right[k][i4 + 1u], right[k][i4 + 2u], right[k][i4 + 3u]);
      for (var r = 0u; r < 4u; r++) { sum[r] = fma(vec4f(left[k][at.y * 4u + r]), w, sum[r]); }
    }
    workgroupBarrier();
  }
  for (var r = 0u; r < 4u; r++) {
    if (row + r < BATCH && i < IN4) {
      let real = vec4u(i * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(IN);
      let at = (row + r) * IN4 + i;
      result[at] = select(vec4f(), slope(activity[at]) * sum[r], real);
    }
  }
}

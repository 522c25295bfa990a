// project for real GPUs: a workgroup computes 64 samples × 64 neurons, an invocation 4 × 4 of them. DEPTH terms at a
// time, x and W pass through workgroup memory (8 KiB at DEPTH 16), so that each is fetched once a block, coalesced.
// The same bits as project.wgsl.
#import lib/tile
#import ACTIVATION

@group(0) @binding(0) var<storage, read> pre: array<vec4f>; // [BATCH, IN4]
@group(0) @binding(1) var<storage, read> weight: array<vec4f>; // [in + 1, OUT4]
@group(0) @binding(2) var<storage, read_write> post: array<vec4f>; // [BATCH, OUT4]

// Staged as single numbers: neighbours write neighbouring ones, and writing a part of a vector may rewrite all of it.
var<workgroup> left: array<array<f32, 64>, DEPTH>; // [k][sample]
var<workgroup> right: array<array<vec4f, 16>, DEPTH>; // [k][neuron]

@compute @workgroup_size(16, 16)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) at: vec3u,
        @builtin(local_invocation_index) thread: u32) {
  let tile = tileOf(group);
  let row = tile.y * 64u + at.y * 4u;
  let o = tile.x * 16u + at.x;
  let bias = select(vec4f(), weight[BIAS_ROW * OUT4 + o], BIAS == 1u && tile.z == 0u);
  var sum = array<vec4f, 4>(bias, bias, bias, bias);
  let end = min(IN4, (tile.z + 1u) * CHUNK4) * 4u;
  for (var k0 = tile.z * CHUNK4 * 4u; k0 < end; k0 += DEPTH) {
    for (var i = thread; i < 16u * DEPTH; i += 256u) { // pre arrives along k and is turned on the way in
      let k4 = i % (DEPTH / 4u);
      let sample = i / (DEPTH / 4u);
      let four = pre[(tile.y * 64u + sample) * IN4 + k0 / 4u + k4];
      for (var j = 0u; j < 4u; j++) { left[k4 * 4u + j][sample] = four[j]; }
      right[i / 16u][i % 16u] = weight[(k0 + i / 16u) * OUT4 + tile.x * 16u + i % 16u];
    }
    workgroupBarrier();
    let depth = min(DEPTH, end - k0);
    for (var k = 0u; k < depth; k++) {
      let w = right[k][at.x];
      for (var r = 0u; r < 4u; r++) { sum[r] = fma(vec4f(left[k][at.y * 4u + r]), w, sum[r]); }
    }
    workgroupBarrier();
  }
  for (var r = 0u; r < 4u; r++) {
    if (row + r < BATCH && o < OUT4) {
      let real = vec4u(o * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(OUT);
      post[(tile.z * BATCH + row + r) * OUT4 + o] = select(vec4f(), activate(sum[r]), real);
    }
  }
}

// transport: d = f′(y) ∘ (Wᵀ·e): a tile of ROWS samples × 4·COLS4 presynaptic neurons an invocation.
//
// Both operands lie along k here (W is [in, out], and k is out), so W comes four k at a time as one vec4 a neuron: a
// cache line is opened four times, not sixteen, which matters because 4-KiB strides all land in one set. The error is
// shared round the quad as in project-quad.wgsl. The same bits as transport.wgsl.
#import lib/tile
#import ACTIVATION

@group(0) @binding(0) var<storage, read> error: array<f32>; // [BATCH, 4·OUT4]
@group(0) @binding(1) var<storage, read> weight: array<vec4f>; // [in + 1, OUT4]
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>; // [BATCH, IN4]
@group(0) @binding(3) var<storage, read> activity: array<vec4f>; // [BATCH, IN4]

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32,
        @builtin(subgroup_invocation_id) invocation: u32) {
  let tile = tileOf(group);
  let lane = invocation & 3u;
  let row = tile.y * ROWS;
  let column = tile.x * COLS4 * THREADS + thread;
  var sum: array<array<vec4f, COLS4>, ROWS>;
  for (var k = 0u; k < OUT4; k++) {
    var own: array<f32, ROWS>;
    for (var r = 0u; r < ROWS; r++) { own[r] = error[((row + r) * OUT4 + k) * 4u + lane]; }
    for (var c = 0u; c < COLS4; c++) {
      let i = (column + c * THREADS) * 4u;
      let panel = transpose(mat4x4f(weight[i * OUT4 + k], weight[(i + 1u) * OUT4 + k], weight[(i + 2u) * OUT4 + k], weight[(i + 3u) * OUT4 + k]));
      for (var j = 0u; j < LANES; j++) {
        for (var r = 0u; r < ROWS; r++) { sum[r][c] = fma(vec4f(quadBroadcast(own[r], j)), panel[j], sum[r][c]); }
      }
    }
  }
  for (var r = 0u; r < ROWS; r++) {
    for (var c = 0u; c < COLS4; c++) {
      let i = column + c * THREADS;
      if (row + r < BATCH && i < IN4) {
        let real = vec4u(i * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(IN); // past the end stands the bias row
        let at = (row + r) * IN4 + i;
        result[at] = select(vec4f(), slope(activity[at]) * sum[r][c], real);
      }
    }
  }
}

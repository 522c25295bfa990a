// project: y = activate(W·x + b): a tile of ROWS samples × 4·COLS4 neurons an invocation, sums in registers.
//
// Software adapters pay for loads, not for arithmetic: SwiftShader gathers each one, lane by lane. Here the whole
// workgroup shares its samples, so of a sample's four consecutive inputs every lane of a quad fetches one and
// quadBroadcast hands it round: a quarter of the loads of x, and the same bits as project.wgsl.
#import lib/tile
#import ACTIVATION

@group(0) @binding(0) var<storage, read> pre: array<f32>; // [BATCH, 4·IN4]
@group(0) @binding(1) var<storage, read> weight: array<vec4f>; // [in + 1, OUT4], the last row is the bias
@group(0) @binding(2) var<storage, read_write> post: array<vec4f>; // [BATCH, OUT4]

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32,
        @builtin(subgroup_invocation_id) invocation: u32) {
  let tile = tileOf(group);
  let lane = invocation & 3u;
  let row = tile.y * ROWS;
  let column = tile.x * COLS4 * THREADS + thread; // and every THREADS-th after it, so that neighbours read neighbours
  var sum: array<array<vec4f, COLS4>, ROWS>;
  for (var c = 0u; c < COLS4; c++) {
    let bias = select(vec4f(), weight[BIAS_ROW * OUT4 + column + c * THREADS], BIAS == 1u && tile.z == 0u);
    for (var r = 0u; r < ROWS; r++) { sum[r][c] = bias; }
  }
  for (var k = tile.z * CHUNK4; k < min(IN4, (tile.z + 1u) * CHUNK4); k++) { // pre is zero where the last four reach past its end
    var own: array<f32, ROWS>;
    for (var r = 0u; r < ROWS; r++) { own[r] = pre[((row + r) * IN4 + k) * 4u + lane]; }
    for (var j = 0u; j < LANES; j++) {
      var w: array<vec4f, COLS4>;
      for (var c = 0u; c < COLS4; c++) { w[c] = weight[(k * 4u + j) * OUT4 + column + c * THREADS]; }
      for (var r = 0u; r < ROWS; r++) {
        let x = vec4f(quadBroadcast(own[r], j));
        for (var c = 0u; c < COLS4; c++) { sum[r][c] = fma(x, w[c], sum[r][c]); }
      }
    }
  }
  for (var r = 0u; r < ROWS; r++) {
    for (var c = 0u; c < COLS4; c++) {
      let o = column + c * THREADS;
      if (row + r < BATCH && o < OUT4) {
        let real = vec4u(o * 4u) + vec4u(0u, 1u, 2u, 3u) < vec4u(OUT); // padding stays zero even if activate(0) isn't
        post[(tile.z * BATCH + row + r) * OUT4 + o] = select(vec4f(), activate(sum[r][c]), real);
      }
    }
  }
}

// transport: d = f′(y) ∘ (Wᵀ·e): a tile of ROWS samples × 4·COLS4 presynaptic neurons an invocation.
//
// The portable form. Both operands lie along k here (W is [in, out], and k is out), so both come four k at a time.
// Sums start at zero and ascend in k.
#import lib/tile
#import ACTIVATION

@group(0) @binding(0) var<storage, read> error: array<vec4f>; // [BATCH, OUT4]
@group(0) @binding(1) var<storage, read> weight: array<vec4f>; // [in + 1, OUT4]
@group(0) @binding(2) var<storage, read_write> result: array<vec4f>; // [BATCH, IN4]
@group(0) @binding(3) var<storage, read> activity: array<vec4f>; // [BATCH, IN4]

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tile = tileOf(group);
  let row = tile.y * ROWS;
  let column = tile.x * COLS4 * THREADS + thread;
  var sum: array<array<vec4f, COLS4>, ROWS>;
  for (var k = 0u; k < OUT4; k++) {
    var own: array<vec4f, ROWS>;
    for (var r = 0u; r < ROWS; r++) { own[r] = error[(row + r) * OUT4 + k]; }
    for (var c = 0u; c < COLS4; c++) {
      let i = (column + c * THREADS) * 4u;
      let panel = transpose(mat4x4f(weight[i * OUT4 + k], weight[(i + 1u) * OUT4 + k], weight[(i + 2u) * OUT4 + k], weight[(i + 3u) * OUT4 + k]));
      for (var j = 0u; j < LANES; j++) {
        for (var r = 0u; r < ROWS; r++) { sum[r][c] = fma(vec4f(own[r][j]), panel[j], sum[r][c]); }
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

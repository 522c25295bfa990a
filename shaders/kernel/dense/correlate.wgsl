// correlate: g = ⟨x eᵀ⟩ over the batch, handed straight to the optimiser: a tile of 4·ROWS4 presynaptic × 4·COLS4
// postsynaptic neurons an invocation. The row after the last neuron is the bias, whose x is 1.
//
// The portable form. Sums start at zero and ascend over the batch.
#import lib/tile
#import OPTIMISER

@group(0) @binding(0) var<storage, read> pre: array<vec4f>; // [BATCH, IN4]
@group(0) @binding(1) var<storage, read> error: array<vec4f>; // [BATCH, OUT4]

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tile = tileOf(group);
  let row = tile.y * ROWS4; // in vec4s
  let column = tile.x * COLS4 * THREADS + thread;
  var sum: array<array<array<vec4f, COLS4>, LANES>, ROWS4>;
  for (var k = 0u; k < BATCH; k++) {
    var e: array<vec4f, COLS4>;
    for (var c = 0u; c < COLS4; c++) { e[c] = error[k * OUT4 + column + c * THREADS]; }
    for (var r = 0u; r < ROWS4; r++) {
      let neuron = vec4u((row + r) * 4u) + vec4u(0u, 1u, 2u, 3u);
      let x = select(pre[k * IN4 + row + r], vec4f(1), neuron == vec4u(IN));
      for (var i = 0u; i < LANES; i++) {
        for (var c = 0u; c < COLS4; c++) { sum[r][i][c] = fma(vec4f(x[i]), e[c], sum[r][i][c]); }
      }
    }
  }
  prepare();
  for (var r = 0u; r < ROWS4; r++) {
    for (var i = 0u; i < LANES; i++) {
      for (var c = 0u; c < COLS4; c++) {
        let o = column + c * THREADS;
        let line = (row + r) * 4u + i;
        if (line <= IN && o < OUT4) { learn(line * OUT4 + o, sum[r][i][c] / f32(BATCH)); }
      }
    }
  }
}

// The batch's mean of one value a sample, in fixed order, kept in a history: the row by the clock, the column by the turn.
override ROWS: u32;
override KEPT: u32;
override STRIDE: u32; // of the history's rows, pads included
override COLUMN: u32; // where the columns of turns begin

@group(0) @binding(0) var<storage, read> value: array<vec4f>; // [ROWS, 1]
@group(0) @binding(1) var<storage, read_write> history: array<f32>; // [KEPT, columns]
@group(0) @binding(2) var<uniform> clock: vec4u;
@group(1) @binding(0) var<uniform> turnIndex: vec4u;

var<workgroup> partial: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var row = lane; row < ROWS; row += 64u) { sum += value[row].x; }
  partial[lane] = sum;
  for (var width = 32u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  if (lane == 0u) { history[clock.x % KEPT * STRIDE + COLUMN + turnIndex.x] = partial[0] / f32(ROWS); }
}

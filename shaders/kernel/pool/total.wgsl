// The batch's mean of one value a sample, in fixed order, into the row of the turn (or, outside a repeat, the first).
override ROWS: u32;
override TURNS: u32;

@group(0) @binding(0) var<storage, read> value: array<vec4f>;         // [ROWS, 1]
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>;  // [TURNS, 1]
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
  if (lane == 0u) { result[turnIndex.x % TURNS] = vec4f(partial[0] / f32(ROWS), 0.0, 0.0, 0.0); }
}

// The mean of a layer's values, in fixed order, into the row of this training step.
override SIZE: u32;
override ROWS: u32;

@group(0) @binding(0) var<storage, read> value: array<vec4f>;          // [1, SIZE], pads zero
@group(0) @binding(1) var<storage, read_write> history: array<vec4f>;  // [ROWS, 1]
@group(0) @binding(2) var<uniform> clock: vec4u;

var<workgroup> partial: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var quad = lane; quad < (SIZE + 3u) / 4u; quad += 64u) { sum += dot(value[quad], vec4f(1.0)); }
  partial[lane] = sum;
  for (var width = 32u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  if (lane == 0u) { history[clock.x % ROWS] = vec4f(partial[0] / f32(SIZE), 0.0, 0.0, 0.0); }
}

// Adds the batch's mistakes, samples whose error is not zero, to the count so far.
override ROWS: u32;
override SIZE: u32;

@group(0) @binding(0) var<storage, read> error: array<f32>;         // [ROWS, SIZE]
@group(0) @binding(1) var<storage, read_write> result: array<f32>;  // [1, 1]

var<workgroup> partial: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  let stride = (SIZE + 3u) / 4u * 4u;
  var sum = 0.0;
  for (var row = lane; row < ROWS; row += 64u) {
    var mistaken = false;
    for (var n = 0u; n < SIZE; n++) { mistaken = mistaken || error[row * stride + n] != 0.0; }
    sum += select(0.0, 1.0, mistaken);
  }
  partial[lane] = sum;
  for (var width = 32u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  if (lane == 0u) { result[0] += partial[0]; }
}

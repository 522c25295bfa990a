// Sums a batch's scores in fixed order into one row of the metrics: a strided sum in each lane, then a tree.
#import POSITION

override ROWS: u32;

@group(0) @binding(0) var<storage, read> score: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> metrics: array<vec4f>;

var<workgroup> partial: array<vec4f, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = vec4f(0.0);
  for (var i = lane; i < BATCH; i += 64u) { sum += score[i]; }
  partial[lane] = sum;
  for (var width = 32u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  if (lane == 0u) { metrics[turn() % ROWS] = partial[0]; }
}

// Half the squared distance to a one-hot target, its gradient by the drive, (y − t) · f′, and whether the right
// neuron says most. One invocation a sample; a missing sample (label 0xffffffff) scores nothing and has no error.
#import lib/grid
#import ACTIVATION

override BATCH: u32;
override SIZE: u32;

@group(0) @binding(0) var<storage, read> activity: array<f32>;
@group(0) @binding(1) var<storage, read> label: array<u32>;
@group(0) @binding(2) var<storage, read_write> error: array<f32>;
@group(0) @binding(3) var<storage, read_write> score: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = flatIndex(group, lane, 64u);
  if (i >= BATCH) { return; }
  let stride = (SIZE + 3u) / 4u * 4u;
  let row = i * stride;
  let there = label[i] < SIZE;
  var loss = 0.0;
  var winner = 0u;
  for (var n = 0u; n < stride; n++) {
    let inside = n < SIZE;
    let y = activity[row + n];
    let difference = select(0.0, y - select(0.0, 1.0, n == label[i]), there && inside);
    if (inside && y > activity[row + winner]) { winner = n; }
    loss += 0.5 * difference * difference;
    error[row + n] = difference * slope(vec4f(y)).x;
  }
  score[i] = select(vec4f(0.0), vec4f(loss, select(0.0, 1.0, winner == label[i]), 0.0, 0.0), there);
}

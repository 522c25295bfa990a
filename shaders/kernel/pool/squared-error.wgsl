// Half the squared distance to a one-hot target, its gradient by the drive, (y − t) · f′, and whether the right
// neuron says most. A single neuron tells two classes apart: its target is the label itself, and above ½ it says 1.
// One invocation a sample; a missing sample (label 0xffffffff) scores nothing and has no error.
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
  let alone = SIZE == 1u;
  let there = label[i] < max(SIZE, 2u);
  let right = select(label[i], 1u - label[i], alone); // alone, neuron 0 stands for class 1
  var loss = 0.0;
  var winner = 0u;
  for (var n = 0u; n < stride; n++) {
    let inside = n < SIZE;
    let y = activity[row + n];
    let difference = select(0.0, y - select(0.0, 1.0, n == right), there && inside);
    if (inside && y > activity[row + winner]) { winner = n; }
    loss += 0.5 * difference * difference;
    error[row + n] = difference * slope(vec4f(y)).x;
  }
  if (alone) { winner = select(1u, 0u, activity[row] > 0.5); }
  score[i] = select(vec4f(0.0), vec4f(loss, select(0.0, 1.0, winner == right), 0.0, 0.0), there);
}

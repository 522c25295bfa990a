// Softmax over the output population, cross-entropy against the label, and its gradient by the drive: p − t.
// One invocation a sample; a missing sample (label 0xffffffff) scores nothing and has no error.
#import lib/grid

override BATCH: u32;
override SIZE: u32;

@group(0) @binding(0) var<storage, read> drive: array<f32>;
@group(0) @binding(1) var<storage, read> label: array<u32>;
@group(0) @binding(2) var<storage, read_write> activity: array<f32>;
@group(0) @binding(3) var<storage, read_write> error: array<f32>;
@group(0) @binding(4) var<storage, read_write> score: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = flatIndex(group, lane, 64u);
  if (i >= BATCH) { return; }
  let stride = (SIZE + 3u) / 4u * 4u;
  let row = i * stride;
  var highest = drive[row];
  var winner = 0u;
  for (var n = 1u; n < SIZE; n++) {
    if (drive[row + n] > highest) { highest = drive[row + n]; winner = n; }
  }
  var sum = 0.0;
  for (var n = 0u; n < SIZE; n++) { sum += exp(drive[row + n] - highest); }
  let there = label[i] < SIZE;
  for (var n = 0u; n < stride; n++) {
    let p = select(0.0, exp(drive[row + n] - highest) / sum, n < SIZE);
    activity[row + n] = p;
    error[row + n] = select(0.0, p - select(0.0, 1.0, n == label[i]), there && n < SIZE);
  }
  let loss = log(sum) + highest - drive[row + select(0u, label[i], there)];
  score[i] = select(vec4f(0.0), vec4f(loss, select(0.0, 1.0, winner == label[i]), 0.0, 0.0), there);
}

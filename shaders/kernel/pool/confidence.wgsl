// How much surer of its choice a population is now than it was: ln p(choice | now) − ln p(choice | before), p the softmax.
// One invocation a sample, neurons in ascending order.
#import lib/grid

override ROWS: u32;
override SIZE: u32;

@group(0) @binding(0) var<storage, read> now: array<f32>; // [ROWS, SIZE], padded
@group(0) @binding(1) var<storage, read> before: array<f32>; // [ROWS, SIZE]
@group(0) @binding(2) var<storage, read> choice: array<f32>; // [ROWS, SIZE]: 1 for the chosen
@group(0) @binding(3) var<storage, read_write> result: array<vec4f>; // [ROWS, 1]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = flatIndex(group, lane, 64u);
  if (i >= ROWS) { return; }
  let row = i * ((SIZE + 3u) / 4u * 4u);
  var highest = before[row];
  for (var n = 1u; n < SIZE; n++) { highest = max(highest, before[row + n]); }
  // Σ p exp(change) against Σ p: the differences are small, so they are taken before the exponentials.
  var sum = 0.0;
  var grown = 0.0;
  var gain = 0.0;
  for (var n = 0u; n < SIZE; n++) {
    let share = exp(before[row + n] - highest);
    let change = now[row + n] - before[row + n];
    sum += share;
    grown += share * exp(change);
    gain += choice[row + n] * change;
  }
  result[i] = vec4f(gain - log(grown / sum), 0.0, 0.0, 0.0);
}

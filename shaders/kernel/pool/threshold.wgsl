// Threshold units against the label: what they say, the perceptron's error by the drive, and each sample's loss, which is
// how far the drive lies on the wrong side. One unit says class 1 when its drive is above zero; of several the one that is
// driven most says its class. A drive at the threshold, or a tie, is a mistake: it decides nothing.
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
  let alone = SIZE == 1u;
  let there = label[i] < max(SIZE, 2u);
  var winner = 0u;
  var rival = select(0u, 1u, label[i] == 0u); // the one driven most among the wrong ones
  for (var n = 1u; n < SIZE; n++) {
    if (drive[row + n] > drive[row + winner]) { winner = n; }
    if (n != label[i] && drive[row + n] > drive[row + rival]) { rival = n; }
  }
  let sign = select(-1.0, 1.0, label[i] == 1u);
  var margin = sign * drive[row];
  if (!alone) { margin = drive[row + select(0u, label[i], there)] - drive[row + rival]; }
  let mistaken = there && margin <= 0.0;
  for (var n = 0u; n < stride; n++) {
    let says = select(n == winner && n < SIZE, n == 0u && drive[row] > 0.0, alone);
    activity[row + n] = select(0.0, 1.0, says);
    var off = select(0.0, 1.0, n == rival) - select(0.0, 1.0, n == label[i]);
    if (alone) { off = select(0.0, -sign, n == 0u); }
    error[row + n] = select(0.0, off, mistaken);
  }
  score[i] = select(vec4f(), vec4f(max(0.0, -margin), select(1.0, 0.0, mistaken), 0.0, 0.0), there);
}

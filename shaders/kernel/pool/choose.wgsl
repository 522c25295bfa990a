// Each sample's network chooses one of its output neurons. POLICY says how likely each is; a sample that explores
// takes any. One uniform number a sample, in `luck`, decides. One invocation a sample, neurons in ascending order.
#import lib/grid
#import POLICY

override ROWS: u32;
override SIZE: u32;

@group(0) @binding(0) var<storage, read> value: array<f32>; // [ROWS, SIZE], padded: drive or action value
@group(0) @binding(1) var<storage, read> luck: array<vec4f>; // [ROWS, 2]: in [0, 1), and above 0 where the sample explores
@group(0) @binding(2) var<storage, read_write> policy: array<f32>; // [ROWS, SIZE]: the chance of each, where none explores
@group(0) @binding(3) var<storage, read_write> choice: array<f32>; // [ROWS, SIZE]: 1 for the chosen, 0 for the others

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = flatIndex(group, lane, 64u);
  if (i >= ROWS) { return; }
  let stride = (SIZE + 3u) / 4u * 4u;
  let row = i * stride;
  var highest = value[row];
  for (var n = 1u; n < SIZE; n++) { highest = max(highest, value[row + n]); }
  var sum = 0.0;
  for (var n = 0u; n < SIZE; n++) { sum += weigh(value[row + n], highest); }
  let explores = luck[i].y > 0.0;
  var left = luck[i].x * select(sum, f32(SIZE), explores);
  var chosen = SIZE;
  for (var n = 0u; n < stride; n++) {
    let own = select(0.0, weigh(value[row + n], highest), n < SIZE);
    policy[row + n] = own / sum;
    let part = select(own, select(0.0, 1.0, n < SIZE), explores);
    if (chosen == SIZE && part > 0.0) {
      if (left < part) { chosen = n; }
      left -= part;
    }
  }
  // Rounding may leave a crumb: then the last that could have been chosen is.
  for (var n = SIZE; n > 0u && chosen == SIZE; n--) {
    if (policy[row + n - 1u] > 0.0) { chosen = n - 1u; }
  }
  for (var n = 0u; n < stride; n++) { choice[row + n] = select(0.0, 1.0, n == chosen); }
}

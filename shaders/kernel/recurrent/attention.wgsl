// Memory neurons compete: p = softmax(β x) over what each of them hears, and with it the energy of the state s,
// −ln(Σ exp(β x)) / β + s·s / 2 + ln(M) / β + n / 2 for M memories of n values ±1 (Ramsauer et al. 2021, eq. 2).
#import lib/grid

override PROBES: u32;
override MEMORIES: u32;
override NEURONS: u32;
override BETA: f32;

@group(0) @binding(0) var<storage, read> similarity: array<f32>; // [PROBES, MEMORIES]
@group(0) @binding(1) var<storage, read> state: array<f32>; // [PROBES, NEURONS]
@group(0) @binding(2) var<storage, read_write> share: array<f32>; // [PROBES, MEMORIES], adding up to 1
@group(0) @binding(3) var<storage, read_write> energy: array<vec4f>; // [PROBES, 1]

const LANES = 64u;

var<workgroup> partial: array<f32, LANES>;

fn sumOverLanes(lane: u32, value: f32) -> f32 {
  workgroupBarrier();
  partial[lane] = value;
  for (var width = LANES / 2u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] += partial[lane + width]; }
  }
  workgroupBarrier();
  return partial[0];
}

fn highestOfLanes(lane: u32, value: f32) -> f32 {
  workgroupBarrier();
  partial[lane] = value;
  for (var width = LANES / 2u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (lane < width) { partial[lane] = max(partial[lane], partial[lane + width]); }
  }
  workgroupBarrier();
  return partial[0];
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let probe = flatGroup(group);
  if (probe >= PROBES) { return; }
  let row = probe * ((MEMORIES + 3u) / 4u * 4u);
  var most = -3.0e38;
  for (var m = lane; m < MEMORIES; m += LANES) { most = max(most, similarity[row + m]); }
  let highest = highestOfLanes(lane, most);
  var some = 0.0;
  for (var m = lane; m < MEMORIES; m += LANES) { some += exp(BETA * (similarity[row + m] - highest)); }
  let all = sumOverLanes(lane, some);
  for (var m = lane; m < MEMORIES; m += LANES) { share[row + m] = exp(BETA * (similarity[row + m] - highest)) / all; }
  let start = probe * ((NEURONS + 3u) / 4u * 4u);
  var square = 0.0;
  for (var i = lane; i < NEURONS; i += LANES) { square += state[start + i] * state[start + i]; }
  let length = sumOverLanes(lane, square);
  if (lane == 0u) {
    let heard = highest + log(all / f32(MEMORIES)) / BETA;
    energy[probe] = vec4f(0.5 * (length + f32(NEURONS)) - heard, 0.0, 0.0, 0.0);
  }
}

// Courses: what a submit did to each population's rate and to each membrane that is followed, column by column.
#import view/band
#import view/column

@group(0) @binding(1) var<storage, read> image: array<u32>;
@group(0) @binding(2) var<storage, read> state: array<f32>; // from PROBED on [the submit's steps, FOLLOWED]
@group(0) @binding(3) var<storage, read_write> courses: array<f32>;
@group(0) @binding(4) var<storage, read_write> tally: array<atomic<u32>>;
@group(0) @binding(5) var<uniform> now: Now;

// Spikes/s of a neuron over the last WINDOW columns, of which the newest may have just begun; before the first there were none.
fn rateOf(column: u32, band: u32) -> f32 {
  var spikes = 0u;
  for (var k = 0u; k < min(WINDOW, column + 1u); k++) {
    spikes += image[(column - k) % COLUMNS * COLUMN + OF_POPULATION + band];
  }
  let begun = min(1.0, f32(now.last - column * STEPS) / f32(STEPS));
  return 1000.0 * f32(spikes) / (f32(bands[band].size) * now.ms * (f32(WINDOW) - 1.0 + begun));
}

fn keep(column: u32, lane: u32, low: f32, high: f32, last: f32) {
  let at = 3u * (column % COLUMNS * LANES + lane);
  courses[at] = low;
  courses[at + 1u] = high;
  courses[at + 2u] = last;
  atomicMin(&tally[LEAST + lane], ordered(low));
  atomicMax(&tally[MOST + lane], ordered(high));
}

fn follow(column: u32, k: u32) {
  let lane = BANDS + k;
  let begin = column * STEPS;
  let start = max(begin, now.first);
  var last = state[PROBED + (start - now.first) * FOLLOWED + k];
  var low = last;
  var high = last;
  if (begin < now.first) {
    let at = 3u * (column % COLUMNS * LANES + lane);
    low = min(low, courses[at]);
    high = max(high, courses[at + 1u]);
  }
  for (var step = start + 1u; step < min(begin + STEPS, now.last); step++) {
    last = state[PROBED + (step - now.first) * FOLLOWED + k];
    low = min(low, last);
    high = max(high, last);
  }
  keep(column, lane, low, high, last);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let first = now.first / STEPS;
  let count = ((now.last - 1u) / STEPS + 1u - first) * LANES;
  for (var k = id.x; k < count; k += 64u * groups.x) {
    let column = first + k / LANES;
    let lane = k % LANES;
    if (lane >= BANDS) {
      follow(column, lane - BANDS);
    } else {
      let rate = rateOf(column, lane);
      keep(column, lane, rate, rate, rate);
    }
  }
}

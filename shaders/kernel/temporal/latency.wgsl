// Latency code: every input fires once at most, the sooner the stronger it is. Each owner (a sample, or an input) has
// its spikes sorted by time and, within a step, by item: a counting sort. A table says when each of 256 levels fires.
#import lib/grid
#import lib/event

override OWNERS: u32;
override ITEMS: u32;
override OWNER_STRIDE: u32; // from one owner's first value to the next owner's
override ITEM_STRIDE: u32;
override STEPS: u32;
override LATEST_FIRST: u32; // 1: sorted from the last step to the first

@group(0) @binding(0) var<storage, read> activity: array<f32>;         // [BATCH, INPUTS], rows padded to four
@group(0) @binding(1) var<storage, read> latency: array<u32>;          // [256]: a step, or STEPS for never
@group(0) @binding(2) var<storage, read_write> events: array<u32>;     // [OWNERS, ITEMS], rows padded to four

const MOST_STEPS = 256u;

fn firesAt(owner: u32, item: u32) -> u32 {
  let level = clamp(activity[owner * OWNER_STRIDE + item * ITEM_STRIDE], 0.0, 1.0);
  return min(latency[u32(round(255.0 * level))], STEPS);
}

// Place in the order of a step; what never fires comes last.
fn rank(t: u32) -> u32 {
  return select(t, STEPS - 1u - t, LATEST_FIRST == 1u && t < STEPS);
}

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let owner = flatIndex(group, lane, 8u);
  if (owner >= OWNERS) { return; }
  var next: array<u32, MOST_STEPS>;
  for (var item = 0u; item < ITEMS; item++) {
    let t = firesAt(owner, item);
    if (t < STEPS) { next[rank(t)]++; }
  }
  var sum = 0u;
  for (var t = 0u; t < STEPS; t++) {
    let count = next[t];
    next[t] = sum;
    sum += count;
  }
  let row = owner * ((ITEMS + 3u) / 4u * 4u);
  for (var item = 0u; item < ITEMS; item++) {
    let t = firesAt(owner, item);
    if (t < STEPS) {
      events[row + next[rank(t)]] = eventOf(t, item);
      next[rank(t)]++;
    }
  }
  for (var at = sum; at < ITEMS; at++) { events[row + at] = NO_EVENT; }
}

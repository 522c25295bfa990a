// Synapses: each neuron's row of SYNAPSES of them, those of excitatory neurons plastic.
@group(0) @binding(2) var<storage, read> posts: array<u32>;              // [NEURONS, SYNAPSES]
@group(0) @binding(3) var<storage, read> columns: array<u32>;            // where each neuron's start, and the end; then synapses
@group(0) @binding(4) var<storage, read_write> weights: array<f32>;      // [EXCITATORY, SYNAPSES]
@group(0) @binding(5) var<storage, read_write> eligibilities: array<f32>;
@group(0) @binding(6) var<storage, read_write> stamps: array<u32>;       // the sweep, in the chunk, up to which they are

// gained[k]: what the first k sweeps of the chunk make of an eligibility that is 1 at its start.
var<workgroup> gained: array<f32, SUMS>;
var<workgroup> sweeps: u32;

// The weight as the sweeps since the last touch have left it. Dopamine never falls below 0, so the weight went one way and
// bounding it at the end is bounding it at each sweep.
fn touch(s: u32) {
  let stamp = stamps[s];
  if (stamp == sweeps) { return; }
  let eligibility = eligibilities[s];
  let gain = (gained[sweeps] - gained[stamp]) * exp2(-f32(stamp) * LOG_KEEP);
  weights[s] = clamp(weights[s] + gain * eligibility, 0.0, MOST);
  eligibilities[s] = eligibility * exp2(f32(sweeps - stamp) * LOG_KEEP);
  stamps[s] = sweeps;
}

// A trace that is 1 at each spike of a neuron, and was after so many steps: the spikes before this step alone.
fn traceOf(neuron: u32, time: u32) -> f32 {
  let spike = select(last[neuron], before[neuron], last[neuron] == time + 1u);
  return select(exp2(f32(time + 1u - spike) * LOG_TRACE), 0.0, spike == 0u);
}

fn deliver(post: u32, weight: f32) {
  atomicAdd(&arriving[post], i32(round(weight / UNIT)));
}

// The spikes of the step before arrive.
fn arriveAll(lane: u32, time: u32) {
  let list = ((time + 1u) % 2u) * LIST;
  let count = min(atomicLoad(&firedCount[(time + 1u) % 2u]), LIST);
  for (var i = 0u; i < count; i++) {
    let pre = fired[list + i];
    for (var k = lane; k < SYNAPSES; k += LANES) {
      let s = pre * SYNAPSES + k;
      let post = posts[s];
      if (pre >= EXCITATORY) {
        deliver(post, INHIBITS);
        continue;
      }
      touch(s);
      deliver(post, weights[s]);
      var synapse = Synapse_B(weights[s], eligibilities[s]);
      arrive_B(&synapse, Pre_B(0.0), Post_B(traceOf(post, time)), LEARNING); // the rule asks for the post trace alone
      eligibilities[s] = synapse.eligibility;
    }
  }
}

// The synapses onto those that fire hear of it; a pre neuron is seen as late as its spikes, a step.
fn fireAll(lane: u32, time: u32) {
  let list = (time % 2u) * LIST;
  let count = min(atomicLoad(&firedCount[time % 2u]), LIST);
  for (var i = 0u; i < count; i++) {
    let post = fired[list + i];
    let end = columns[post + 1u];
    for (var k = columns[post] + lane; k < end; k += LANES) {
      let s = columns[NEURONS + 1u + k];
      touch(s);
      var synapse = Synapse_B(weights[s], eligibilities[s]);
      let pre = traceOf(s / SYNAPSES, time) * LATE;
      fire_B(&synapse, Pre_B(pre), Post_B(0.0), LEARNING);
      eligibilities[s] = synapse.eligibility;
    }
  }
}

// The neurons, excitatory ones first. Each invocation has some of them in its registers while a chunk of steps runs.
@group(0) @binding(0) var<storage, read_write> state: array<f32>;   // [2, NEURONS] v and u between chunks; dopamine; intervals
@group(0) @binding(1) var<storage, read_write> results: array<u32>; // what else is kept between chunks; a row a chunk

const INTERVALS = 2u * NEURONS + 1u; // [3, NEURONS] of those between a neuron's spikes: how many, their sum, that of their squares
const CLOCK = 0u;
const PAST = 1u;                     // [3, NEURONS]: `last`, `before` and `arriving` below
const SENT = PAST + 3u * NEURONS;    // how many fired in the last step, and which
const REWARDS = SENT + 1u + LIST;    // rewards under way (spiking/distal-reward/dopamine)
const HEAD = REWARDS + 3u + MOST_DUE;

var<private> mine: array<Neuron_A, EACH>;
var<workgroup> arriving: array<atomic<i32>, NEURONS>; // sums of weights for the next step, fixed-point
var<workgroup> last: array<u32, NEURONS>;             // 1 + the step of the last spike, 0 for none
var<workgroup> before: array<u32, NEURONS>;           // and of the one before it
var<workgroup> fired: array<u32, LISTS>;              // who fired, for two steps in turn
var<workgroup> firedCount: array<atomic<u32>, 2>;
var<workgroup> spikesOf: array<atomic<u32>, 2>;       // so far in the chunk, of either population

struct Now {
  neuron: u32,
  step: u32,
  key: u32,
  due: bool,
}

// As every population's (spiking/neurons).
fn random(now: Now, k: u32) -> f32 {
  return unit(pcg(now.neuron ^ pcg(k ^ now.key)));
}

fn load(lane: u32, first: u32) {
  for (var k = 0u; k < EACH; k++) {
    let neuron = min(lane + k * LANES, NEURONS - 1u);
    mine[k] = Neuron_A(state[neuron], state[NEURONS + neuron]);
    last[neuron] = results[PAST + neuron];
    before[neuron] = results[PAST + NEURONS + neuron];
    atomicStore(&arriving[neuron], bitcast<i32>(results[PAST + 2u * NEURONS + neuron]));
  }
  let sent = (first + 1u) % 2u;
  for (var k = lane; k < LIST; k += LANES) { fired[sent * LIST + k] = results[SENT + 1u + k]; }
  if (lane == 0u) {
    atomicStore(&firedCount[sent], results[SENT]);
    atomicStore(&firedCount[1u - sent], 0u);
    atomicStore(&spikesOf[0], 0u);
    atomicStore(&spikesOf[1], 0u);
  }
}

fn save(lane: u32, next: u32) {
  for (var k = 0u; k < EACH; k++) {
    let neuron = lane + k * LANES;
    if (neuron < NEURONS) {
      state[neuron] = mine[k].v;
      state[NEURONS + neuron] = mine[k].u;
      results[PAST + neuron] = last[neuron];
      results[PAST + NEURONS + neuron] = before[neuron];
      results[PAST + 2u * NEURONS + neuron] = bitcast<u32>(atomicLoad(&arriving[neuron]));
    }
  }
  let sent = (next + 1u) % 2u;
  for (var k = lane; k < LIST; k += LANES) { results[SENT + 1u + k] = fired[sent * LIST + k]; }
  if (lane == 0u) { results[SENT] = atomicLoad(&firedCount[sent]); }
}

fn advanceAll(lane: u32, time: u32) {
  for (var k = 0u; k < EACH; k++) {
    let neuron = lane + k * LANES;
    if (neuron < NEURONS) {
      let x = Arriving_A(f32(atomicExchange(&arriving[neuron], 0)) * UNIT);
      let inhibitory = neuron >= EXCITATORY;
      let local = select(neuron, neuron - EXCITATORY, inhibitory);
      let now = Now(local, time, pcg(time ^ select(EXCITATORY_KEY, INHIBITORY_KEY, inhibitory)), false);
      var p = REGULAR;
      if (inhibitory) { p = FAST; }
      var n = mine[k];
      if (advance_A(&n, p, x, now)) { note(neuron, time, u32(inhibitory)); }
      mine[k] = n;
    }
  }
}

fn note(neuron: u32, time: u32, which: u32) {
  if (last[neuron] != 0u) {
    let interval = f32(time + 1u - last[neuron]);
    state[INTERVALS + neuron] += 1.0;
    state[INTERVALS + NEURONS + neuron] += interval;
    state[INTERVALS + 2u * NEURONS + neuron] += interval * interval;
  }
  before[neuron] = last[neuron];
  last[neuron] = time + 1u;
  atomicAdd(&spikesOf[which], 1u);
  let place = atomicAdd(&firedCount[time % 2u], 1u);
  if (place < LIST) { fired[(time % 2u) * LIST + place] = neuron; }
}

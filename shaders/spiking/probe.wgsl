// What is watched, written down at each step: three words a probe, whether it is a weight, where it lies, and the neuron
// whose own it is, or NONE.
const PROBE_WORDS = 3u;

fn writeDown(k: u32, turn: u32) {
  let at = plan[PLAN_PROBES + PROBE_WORDS * k + 1u];
  let value = select(state[at], weights[at], plan[PLAN_PROBES + PROBE_WORDS * k] == 1u);
  state[PROBED + turn * PROBES + k] = value;
}

// All of them, where every step ends for the whole network at once.
fn probeAt(lane: u32, turn: u32) {
  for (var k = lane; k < PROBES; k += WIDTH) { writeDown(k, turn); }
}

// Those of one neuron as its step ends, where blocks are steps apart; the first neuron of all sees to those of none.
fn probeOwn(p: Population, neuron: u32, turn: u32) {
  if (neuron >= p.size) { return; }
  for (var k = 0u; k < PROBES; k++) {
    let owner = plan[PLAN_PROBES + PROBE_WORDS * k + 2u];
    if (owner == p.neurons + neuron || (owner == NONE && p.neurons + neuron == 0u)) { writeDown(k, turn); }
  }
}

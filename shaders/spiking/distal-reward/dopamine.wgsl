// Dopamine: it decays, and jumps late after the chosen synapse's neurons have fired one soon after the other. As
// spiking/dopamine has it for every network.
const LEVEL = 2u * NEURONS;          // in `state`
const LAST_PRE = REWARDS;            // 1 + the step in which the pre neuron last fired, 0 for none
const PROMISED = REWARDS + 1u;       // rewards so far, those to come too
const CROWDED = REWARDS + 2u;        // so many fired in one step that the list had no room
const DUE = REWARDS + 3u;            // the steps in which the last of them come

// A whole number in [0, n), n below 2^16: the upper word of bits · n.
fn below(bits: u32, n: u32) -> u32 {
  return ((bits >> 16u) * n + (((bits & 0xffffu) * n) >> 16u)) >> 16u;
}

fn modulate(time: u32) {
  var level = state[LEVEL] * DOPAMINE_DECAY;
  let previous = results[LAST_PRE];
  if (previous != 0u && last[POST] == time + 1u && time + 1u - previous <= WITHIN && time + 1u != previous) {
    let wait = LEAST_WAIT + below(pcg(time ^ REWARD_KEY), MOST_WAIT - LEAST_WAIT + 1u);
    results[DUE + results[PROMISED] % MOST_DUE] = time + wait;
    results[PROMISED] += 1u;
  }
  if (last[PRE] == time + 1u) { results[LAST_PRE] = time + 1u; }
  for (var k = 0u; k < min(results[PROMISED], MOST_DUE); k++) {
    if (results[DUE + k] == time) { level += REWARD; }
  }
  state[LEVEL] = level;
}

// The list that has arrived is free again.
fn clearList(time: u32) {
  let crowd = atomicExchange(&firedCount[(time + 1u) % 2u], 0u);
  if (crowd > LIST) { results[CROWDED] = crowd; }
}

// Every so often a sweep: what it adds is noted for all synapses.
fn sweep(time: u32) {
  if ((time + 1u) % EVERY != 0u) { return; }
  var synapse = Synapse_B(0.0, exp2(f32(sweeps) * LOG_KEEP));
  sweep_B(&synapse, LEARNING, state[LEVEL]);
  gained[sweeps + 1u] = gained[sweeps] + synapse.weight;
  sweeps += 1u;
}

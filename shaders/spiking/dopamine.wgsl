// Dopamine: one number that every synapse hears. It decays, jumps with the spikes of a population, and with rewards that
// follow, late, when one neuron fires soon after another (Izhikevich 2007).
const DOPAMINE = 0u;      // where in `state` it stands
const LAST_PRE = 1u;      // 1 + the step in which the rewarded synapse's pre neuron last fired
const PROMISED = 2u;      // rewards promised so far
const DUE = 4u;           // the steps in which the last of them come
const MOST_DUE = 252u;

// Whether a neuron is in its population's list of this step.
fn hasFired(index: u32, neuron: u32, time: u32) -> bool {
  let list = FIRED + (time % FIRED_SLOTS) * FIRED_STRIDE + population(index).fired;
  let count = atomicLoad(&events[list]);
  for (var i = 0u; i < count; i++) {
    if (atomicLoad(&events[list + 1u + i]) == neuron) { return true; }
  }
  return false;
}

fn modulate(time: u32) {
  if (PLAN_DOPAMINE == NONE) { return; }
  var level = state[DOPAMINE] * numbers[DOPAMINE_NUMBERS];
  let releasing = plan[PLAN_DOPAMINE];
  if (releasing != NONE) {
    let list = FIRED + (time % FIRED_SLOTS) * FIRED_STRIDE + population(releasing).fired;
    level += numbers[DOPAMINE_NUMBERS + 1u] * f32(atomicLoad(&events[list]));
  }
  if (plan[PLAN_DOPAMINE + 1u] != NONE) { level += rewardNow(time); }
  state[DOPAMINE] = level;
}

fn rewardNow(time: u32) -> f32 {
  let last = bitcast<u32>(state[LAST_PRE]);
  let within = plan[PLAN_DOPAMINE + 5u];
  var promised = bitcast<u32>(state[PROMISED]);
  let follows = last != 0u && time + 1u - last <= within && time + 1u != last;
  if (follows && hasFired(plan[PLAN_DOPAMINE + 3u], plan[PLAN_DOPAMINE + 4u], time)) {
    let range = plan[PLAN_DOPAMINE + 7u] - plan[PLAN_DOPAMINE + 6u] + 1u;
    let wait = plan[PLAN_DOPAMINE + 6u] + below(pcg(time ^ plan[PLAN_DOPAMINE + 8u]), range);
    state[DUE + promised % MOST_DUE] = bitcast<f32>(time + wait);
    promised++;
    state[PROMISED] = bitcast<f32>(promised);
  }
  if (hasFired(plan[PLAN_DOPAMINE + 1u], plan[PLAN_DOPAMINE + 2u], time)) {
    state[LAST_PRE] = bitcast<f32>(time + 1u);
  }
  var reward = 0.0;
  for (var k = 0u; k < min(promised, MOST_DUE); k++) {
    if (bitcast<u32>(state[DUE + k]) == time) { reward += numbers[DOPAMINE_NUMBERS + 2u]; }
  }
  return reward;
}

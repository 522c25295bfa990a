// What is watched, written down at each step.
fn probeAt(lane: u32, turn: u32) {
  for (var k = lane; k < PROBES; k += WIDTH) {
    let at = plan[PLAN_PROBES + 2u * k + 1u];
    let value = select(state[at], weights[at], plan[PLAN_PROBES + 2u * k] == 1u);
    state[PROBED + turn * PROBES + k] = value;
  }
}

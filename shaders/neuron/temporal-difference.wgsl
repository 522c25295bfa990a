// Dopamine as a prediction error in time, δ = r + γ V(t) − V(t − 1): Schultz, Dayan & Montague 1997, from Sutton 1988. A trial
// begins with nothing expected; in the trial numbered `omitted` the reward stays away.
fn next(value: vec4f, before: vec4f, turn: u32, clock: u32, due: f32, size: f32, omitted: f32, discount: f32) -> vec4f {
  let came = turn == u32(due) && f32(clock) != omitted;
  return select(0.0, size, came) + discount * value - select(before, vec4f(0.0), turn == 0u);
}

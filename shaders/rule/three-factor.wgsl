// Three factors (Frémaux & Gerstner 2016): what came in, how the neuron deviated just then, and a scalar for all that says
// whether things went better or worse than expected.
fn change(pre: f32, eligibility: f32, dopamine: f32) -> f32 {
  return dopamine * eligibility * pre;
}

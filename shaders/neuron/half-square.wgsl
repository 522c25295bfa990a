// ½ ε²: an error neuron's share of predictive coding's energy.
fn term(error: vec4f) -> vec4f {
  return 0.5 * error * error;
}

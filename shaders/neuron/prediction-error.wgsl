// −ε: what a neuron was predicted to be, less what it is; the sign that a synapse descends, so that at γ = 1 it is
// backprop's error (Whittington & Bogacz 2017).
fn next(prediction: vec4f, value: vec4f) -> vec4f {
  return prediction - value;
}

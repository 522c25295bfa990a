// How hard a value neuron is still pushed: |∂E/∂x|, zero at equilibrium.
fn term(value: vec4f, prediction: vec4f, descending: vec4f) -> vec4f {
  return abs(prediction - value - descending);
}

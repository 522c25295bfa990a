// Half of how far a neuron is about to move, so that a flip from −1 to 1 counts 1.
fn term(state: vec4f, retrieved: vec4f) -> vec4f {
  return 0.5 * abs(retrieved - state);
}

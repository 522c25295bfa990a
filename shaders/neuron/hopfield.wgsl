// Hopfield 1982: a neuron takes the sign of its local field, and stays as it is where that is zero.
fn next(state: vec4f, field: vec4f) -> vec4f {
  return select(sign(field), state, field == vec4f());
}

// 1 for a neuron that would flip.
fn term(state: vec4f, field: vec4f) -> vec4f {
  return 0.5 * abs(next(state, field) - state);
}

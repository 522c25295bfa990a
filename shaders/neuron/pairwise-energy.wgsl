// A neuron's part of E = −½ sᵀ W s + θ·s, from its local field W s − θ (Hopfield 1982, eq. 7).
fn term(state: vec4f, field: vec4f, threshold: vec4f) -> vec4f {
  return -0.5 * state * (field - threshold);
}

// Predictive coding: x ← x − γ ∂E/∂x, where −∂E/∂x = −ε + f′(x) Wᵀ ε_above, the latter descending with its sign turned.
fn next(value: vec4f, prediction: vec4f, descending: vec4f, gamma: f32) -> vec4f {
  return value + gamma * (prediction - value - descending);
}

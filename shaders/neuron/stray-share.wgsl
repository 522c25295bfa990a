// ξ / σ² of the noise ξ = σ · stray that the neuron's drive was given: where the outcome follows it, so does the gradient.
fn next(stray: vec4f, noise: f32) -> vec4f {
  return stray / max(noise, 1e-6);
}

// ξ / σ² of the noise ξ = σ · stray that the neuron's drive was given; none where the neuron was silent, or saturated, and so
// did not pass the noise on: what others made of the outcome would only blur its synapses.
#import ACTIVATION

fn next(stray: vec4f, said: vec4f, noise: f32) -> vec4f {
  return select(vec4f(0.0), stray / max(noise, 1e-6), slope(said) != vec4f(0.0));
}

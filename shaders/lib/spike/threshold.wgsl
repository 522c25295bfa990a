// A neuron fires where its potential is above threshold.
fn spike(x: vec4f) -> vec4f {
  return select(vec4f(0.0), vec4f(1.0), x > vec4f(0.0));
}

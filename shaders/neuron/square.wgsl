// The square of what a neuron says: summed it is goodness or energy, averaged over samples a sliding threshold.
fn term(value: vec4f) -> vec4f {
  return value * value;
}

// A neuron's value as it is: pooled over a population, its total or, scaled, its mean.
fn term(value: vec4f) -> vec4f {
  return value;
}

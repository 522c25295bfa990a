// What a neuron said, kept for later.
fn next(value: vec4f) -> vec4f {
  return value;
}

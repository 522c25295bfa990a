// What a neuron is, less what it was predicted to be: the error neuron of predictive coding (Rao & Ballard 1999).
fn next(value: vec4f, prediction: vec4f) -> vec4f {
  return value - prediction;
}

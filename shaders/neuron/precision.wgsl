// An error over the variance that the output is taken to have: the larger it is, the more gently the label pulls.
fn next(error: vec4f, outputVariance: f32) -> vec4f {
  return error / outputVariance;
}

// An error sent back through the normalisation of a sample: what points along the normalised values makes no difference.
fn next(error: vec4f, value: vec4f, along: f32, square: f32) -> vec4f {
  return (error - along * value) / (sqrt(square) + 1e-6);
}

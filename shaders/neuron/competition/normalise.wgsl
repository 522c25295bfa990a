// A sample's values over the root of one number, the sum of their squares or its mean. The dark sample stays dark.
fn next(value: vec4f, square: f32) -> vec4f {
  return value / (sqrt(square) + 1e-6);
}

// Of a sample's two copies the first settles freely on, the second is nudged by β.
fn next(sample: u32, beta: f32) -> vec4f {
  return vec4f(beta * f32(sample & 1u));
}

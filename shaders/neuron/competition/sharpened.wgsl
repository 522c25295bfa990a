// A drive in units of its radius, times the sharpness of the competition (the inverse of a softmax's temperature).
fn next(drive: vec4f, sharpness: f32, radius: f32) -> vec4f {
  return sharpness / radius * drive;
}

// A population's activity brought to one length, so that only its direction is passed on (Hinton 2022, section 2.1): the
// mean square becomes 1.
fn next(activity: vec4f, meanSquare: f32) -> vec4f {
  return activity / (sqrt(meanSquare) + 1e-6);
}

// The same for a neuron that nothing descends to: the output in its free phase.
fn next(value: vec4f, drive: vec4f, pace: f32) -> vec4f {
  return clamp(value + pace * (drive - value), vec4f(0.0), vec4f(1.0));
}

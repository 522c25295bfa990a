// A low-pass trace: a step's mean moves it by 1/τ of what they differ.
fn next(value: vec4f, recent: vec4f, tauTrace: f32) -> vec4f {
  return value + (recent - value) / tauTrace;
}

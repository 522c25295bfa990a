// The derivative of a sigmoid, s (1 − s) with s = 1 / (1 + exp(−β x)) (Zenke & Vogels 2021, section 2).
override STEEPNESS: f32;

fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(-clamp(STEEPNESS * x, vec4f(-80.0), vec4f(80.0))));
}

fn slope(x: vec4f) -> vec4f {
  let s = sigmoid(x);
  return s * (1.0 - s);
}

fn primitive(x: vec4f) -> vec4f {
  return sigmoid(x) / STEEPNESS;
}

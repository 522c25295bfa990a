// Logistic; clamped so that exp stays finite. `slope` is the derivative, found from the output y.
fn activate(z: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(-clamp(z, vec4f(-80.0), vec4f(80.0))));
}

fn slope(y: vec4f) -> vec4f {
  return y * (1.0 - y);
}

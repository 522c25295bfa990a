// 1 everywhere. `slope` is the derivative, found from the output y.
fn activate(z: vec4f) -> vec4f {
  return z;
}

fn slope(y: vec4f) -> vec4f {
  return vec4f(1.0);
}

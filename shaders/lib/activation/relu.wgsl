// Rectified linear. `slope` is the derivative, found from the output y.
fn activate(z: vec4f) -> vec4f {
  return max(z, vec4f(0.0));
}

fn slope(y: vec4f) -> vec4f {
  return select(vec4f(0.0), vec4f(1.0), y > vec4f(0.0));
}

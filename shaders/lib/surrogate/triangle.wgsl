// Piecewise linear, max(0, 1 − β |x|) (Esser et al. 2016; Bellec et al. 2018).
override STEEPNESS: f32;

fn slope(x: vec4f) -> vec4f {
  return max(vec4f(0.0), 1.0 - STEEPNESS * abs(x));
}

fn primitive(x: vec4f) -> vec4f {
  let y = clamp(STEEPNESS * x, vec4f(-1.0), vec4f(1.0));
  return (0.5 + y - 0.5 * y * abs(y)) / STEEPNESS;
}

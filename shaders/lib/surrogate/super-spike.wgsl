// SuperSpike (Zenke & Ganguli 2018, eq. 3, as in Zenke & Vogels 2021): the derivative of a fast sigmoid.
override STEEPNESS: f32;

fn slope(x: vec4f) -> vec4f {
  let d = STEEPNESS * abs(x) + 1.0;
  return 1.0 / (d * d);
}

fn primitive(x: vec4f) -> vec4f {
  return x / (STEEPNESS * abs(x) + 1.0) + 1.0 / STEEPNESS;
}

// |y|: summed, how much there is of it.
fn term(value: vec4f) -> vec4f {
  return abs(value);
}

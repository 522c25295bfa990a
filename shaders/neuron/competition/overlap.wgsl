// Summed over neurons, the scalar product of two activities.
fn term(a: vec4f, b: vec4f) -> vec4f {
  return a * b;
}

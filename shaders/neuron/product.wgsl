// The product of two values: of two scalars, or summed over a population, as what one pattern has of another.
fn next(a: vec4f, b: vec4f) -> vec4f {
  return a * b;
}

fn term(a: vec4f, b: vec4f) -> vec4f {
  return a * b;
}

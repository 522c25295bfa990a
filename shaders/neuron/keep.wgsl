// What is now, for the next step to remember.
fn next(value: vec4f) -> vec4f {
  return value;
}

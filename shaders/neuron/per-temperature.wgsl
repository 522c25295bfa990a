// A value as a softmax choice weighs it: the colder, the more the best stands out.
fn next(value: vec4f, temperature: f32) -> vec4f {
  return value / temperature;
}

// What a neuron has gathered so far, and more.
fn next(value: vec4f, more: vec4f) -> vec4f {
  return value + more;
}

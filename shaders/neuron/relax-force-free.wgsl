// The same for a neuron that nothing descends to.
fn term(value: vec4f, drive: vec4f) -> vec4f {
  let force = drive - value;
  let held = ((value <= vec4f(0.0)) & (force < vec4f(0.0))) | ((value >= vec4f(1.0)) & (force > vec4f(0.0)));
  return select(abs(force), vec4f(), held);
}

// How far from equilibrium: |∂E/∂u|, where the neuron is free to follow it; one at 0 or 1 can't be pushed further out.
fn term(value: vec4f, drive: vec4f, descending: vec4f) -> vec4f {
  let force = drive + descending - value;
  let held = ((value <= vec4f(0.0)) & (force < vec4f(0.0))) | ((value >= vec4f(1.0)) & (force > vec4f(0.0)));
  return select(abs(force), vec4f(), held);
}

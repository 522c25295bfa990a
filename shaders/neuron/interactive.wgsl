// Interactive activation and competition (McClelland & Rumelhart 1981, eq. 1–4; McClelland 1981): net input drives a unit
// towards its maximum or its minimum, the more slowly the nearer it is, and decay draws it back to rest. A unit that is
// cut off (alive = 0) stays at rest.
fn next(value: vec4f, excitation: vec4f, inhibition: vec4f, outside: vec4f, alive: vec4f, alpha: f32, gamma: f32,
  strength: f32, maximum: f32, minimum: f32, rest: f32, decay: f32) -> vec4f {
  let input = alpha * excitation - gamma * inhibition + strength * outside;
  let room = select(value - minimum, maximum - value, input > vec4f());
  let moved = value + room * input - decay * (value - rest);
  return select(vec4f(rest), clamp(moved, vec4f(minimum), vec4f(maximum)), alive > vec4f());
}

// An error sent back through ReLU(u / R)ⁿ: times its derivative by u.
fn next(error: vec4f, drive: vec4f, radius: f32, power: f32) -> vec4f {
  let u = drive / radius;
  let slope = power / radius * exp2((power - 1.0) * log2(max(u, vec4f(1e-10))));
  return select(vec4f(), error * slope, u > vec4f());
}

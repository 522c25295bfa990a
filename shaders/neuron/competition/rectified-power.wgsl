// ReLU(u)ⁿ of the drive in units of its radius (Krotov & Hopfield 2019, eq. 1). pow() is coarse, or undefined, at 0.
fn next(drive: vec4f, radius: f32, power: f32) -> vec4f {
  let u = drive / radius;
  return select(vec4f(), exp2(power * log2(max(u, vec4f(1e-10)))), u > vec4f());
}

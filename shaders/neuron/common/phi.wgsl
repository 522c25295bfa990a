// φ(z) = (e^z − 1) / z, by its series where the difference would cancel. Over a step h, dv/dt = f + λ v moves v by
// h φ(hλ) (f + λ v): the exponential Euler step (Hochbruck & Ostermann 2010).
fn phi(z: f32) -> f32 {
  if (abs(z) > 0.5) {
    return (exp(z) - 1.0) / z;
  }
  let tail = 1.0 / 24.0 + z * (1.0 / 120.0 + z * (1.0 / 720.0 + z * (1.0 / 5040.0 + z / 40320.0)));
  return 1.0 + z * (0.5 + z * (1.0 / 6.0 + z * tail));
}

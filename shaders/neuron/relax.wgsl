// Equilibrium propagation: u ← u − ε ∂E/∂u, held in [0, 1], where the hard sigmoid has slope 1 (Scellier & Bengio 2017, eq. 5).
// What descends is the drive from the layer above or, at the output, the nudge.
fn next(value: vec4f, drive: vec4f, descending: vec4f, pace: f32) -> vec4f {
  return clamp(value + pace * (drive + descending - value), vec4f(0.0), vec4f(1.0));
}

// −β ∂C/∂u: the output is drawn towards the target, or pushed from it.
fn next(value: vec4f, wanted: vec4f, nudge: f32) -> vec4f {
  return nudge * (wanted - value);
}

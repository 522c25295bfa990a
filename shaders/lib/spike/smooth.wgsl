// The smooth function whose derivative the surrogate is, in place of the spike: gradients can be checked by differences.
fn spike(x: vec4f) -> vec4f {
  return primitive(x);
}

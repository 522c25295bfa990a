// How far an error would only stretch a population's activity: summed over it, their dot product.
fn term(error: vec4f, normalised: vec4f) -> vec4f {
  return error * normalised;
}

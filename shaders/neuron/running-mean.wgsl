// A mean that slowly follows what it is shown, a tenth at a time.
fn next(mean: vec4f, shown: vec4f) -> vec4f {
  return mean + 0.1 * (shown - mean);
}

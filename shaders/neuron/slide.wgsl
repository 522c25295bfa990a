// A sliding mean: each batch renews a share of it.
fn next(value: vec4f, recent: vec4f, sliding: f32) -> vec4f {
  return value + sliding * (recent - value);
}

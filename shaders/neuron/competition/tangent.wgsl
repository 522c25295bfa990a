// An error sent back through v / (√q + ε), where q is the (scaled) sum of squares: what points along the values makes no difference.
fn next(error: vec4f, value: vec4f, along: f32, square: f32) -> vec4f {
  let root = sqrt(square);
  return error / (root + 1e-6) - value * (along / max(root, 1e-20));
}

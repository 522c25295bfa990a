// Oja 1982, eq. 3: Hebbian growth with a decay that holds |w| near 1.
fn change(w: f32, pre: f32, post: f32) -> f32 {
  return post * (pre - post * w);
}

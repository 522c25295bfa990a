// Hebb 1949, as usually written: what fires together grows together, and nothing ever stops it.
fn change(pre: f32, post: f32) -> f32 {
  return post * pre;
}

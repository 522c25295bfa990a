// Each in proportion to the exponential of its drive (Williams 1992; Sutton & Barto 2018, eq. 13.2).
fn weigh(value: f32, highest: f32) -> f32 {
  return exp(value - highest);
}

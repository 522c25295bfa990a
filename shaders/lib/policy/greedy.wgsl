// The highest; equals share the chance (Sutton & Barto 2018, section 2.2).
fn weigh(value: f32, highest: f32) -> f32 {
  return select(0.0, 1.0, value == highest);
}

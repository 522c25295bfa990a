// The highest, or, where the sample explores, any: ε-greedy (Sutton & Barto 2018, section 2.2). Equals share the chance.
fn weigh(value: f32, highest: f32, explores: f32) -> f32 {
  return select(select(0.0, 1.0, value == highest), 1.0, explores > 0.0);
}

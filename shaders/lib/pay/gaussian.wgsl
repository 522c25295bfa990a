// Pay is normal around an arm's average, with variance 1; averages are normal, too.
fn normal(key: u32, index: u32) -> f32 {
  let radius = sqrt(-2.0 * log(1.0 - unit(hash(key, 1u, index)))); // Box & Muller 1958
  return radius * cos(6.2831853 * unit(hash(key, 2u, index)));
}

fn mean(key: u32, arm: u32) -> f32 {
  return normal(key, arm);
}

fn drawn(average: f32, key: u32, arm: u32) -> f32 {
  return average + normal(key, arm);
}

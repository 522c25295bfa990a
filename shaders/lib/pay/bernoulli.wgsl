// Pay is 1 with an arm's chance, else 0; chances are uniform.
fn mean(key: u32, arm: u32) -> f32 {
  return unit(hash(key, 1u, arm));
}

fn drawn(average: f32, key: u32, arm: u32) -> f32 {
  return select(0.0, 1.0, unit(hash(key, 2u, arm)) < average);
}

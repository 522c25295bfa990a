// Journé et al. 2023, eq. 3: the winner (place 1) learns by its share, all others by theirs times `losers`: −1 is anti-Hebbian.
fn next(value: vec4f, place: vec4f, losers: f32) -> vec4f {
  return value * select(vec4f(losers), vec4f(1.0), place == vec4f(1.0));
}

// Krotov & Hopfield 2019, eq. 10: the winner (place 1) learns by 1, its rival (any other place) by −Δ, the rest (0) not at all.
fn next(place: vec4f, inhibition: f32) -> vec4f {
  return select(select(vec4f(-inhibition), vec4f(1.0), place == vec4f(1.0)), vec4f(), place == vec4f());
}

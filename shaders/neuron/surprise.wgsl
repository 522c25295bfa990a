// The output's share of the energy: the first of the two numbers that a comparison with the target leaves, the loss.
fn term(score: vec4f) -> vec4f {
  return vec4f(score.x, 0.0, 0.0, 0.0);
}

// The complete serial compound: neuron i says 1 just i steps after the cue came, so that each moment since has one of its own.
fn next(neuron: vec4u, turn: u32, cue: f32) -> vec4f {
  return select(vec4f(0.0), vec4f(1.0), neuron + vec4u(u32(cue)) == vec4u(turn));
}

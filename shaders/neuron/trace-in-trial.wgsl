// A trace of what a neuron said in this trial, fading by γ λ a step; a trial begins with none.
fn next(past: vec4f, value: vec4f, turn: u32, discount: f32, trace: f32) -> vec4f {
  return value + select(discount * trace * past, vec4f(0.0), turn == 0u);
}

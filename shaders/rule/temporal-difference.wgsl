// TD(λ) (Sutton 1988): the synapses that were active just before hear how the prediction turned out.
fn change(pre: f32, dopamine: f32) -> f32 {
  return dopamine * pre;
}

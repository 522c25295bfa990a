// Moraitis et al. 2022, eq. 5 (with R = 1): every neuron moves towards the input by its share y of the softmax, with a decay
// by its drive u that holds |w| near R.
fn change(w: f32, pre: f32, share: f32, drive: f32, radius: f32) -> f32 {
  return share * (radius * pre - drive / radius * w);
}

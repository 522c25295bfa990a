// Bienenstock, Cooper & Munro 1982, with the threshold of Intrator & Cooper 1992, eq. 2.6: activity above a neuron's own
// threshold strengthens the active synapses, activity below it weakens them.
fn change(pre: f32, post: f32, threshold: f32) -> f32 {
  return post * (post - threshold) * pre;
}

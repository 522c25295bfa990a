// Sanger 1989, eq. 4: Oja's rule on what the neurons before this one leave unexplained. `explained` is
// Σ_{k ≤ j} w_ik ⟨y_k y_j⟩, the part of the input that they and this neuron itself account for, over the batch.
fn change(pre: f32, post: f32, explained: f32) -> f32 {
  return post * pre - explained;
}

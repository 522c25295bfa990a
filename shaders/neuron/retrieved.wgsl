// A neuron takes what the memories return to it (Ramsauer et al. 2021, eq. 3).
fn next(retrieved: vec4f) -> vec4f {
  return retrieved;
}

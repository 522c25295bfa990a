// Storkey 1997: Δw = (ξᵢξⱼ − ξᵢhⱼᵢ − hᵢⱼξⱼ) / N, where hᵢⱼ is the local field at i that leaves j out: hᵢ − wᵢⱼξⱼ.
// Weights and fields are in units of 1/N.
fn change(w: f32, pre: f32, post: f32, preField: f32, field: f32, neurons: f32) -> f32 {
  return pre * post - (pre * field + preField * post - 2.0 * w) / neurons;
}

// Goodness is the sum of squares, and its threshold grows with the number of neurons.
fn sharpness(neurons: f32) -> f32 {
  return neurons;
}

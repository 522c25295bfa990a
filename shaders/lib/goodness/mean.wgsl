// Goodness is the mean square.
fn sharpness(neurons: f32) -> f32 {
  return 1.0;
}

// Krotov & Hopfield 2019, eq. 3 with p = 2, divided by R: the winner moves towards the input, the rival away from it, both
// with a decay by their drive u that holds |w| near R.
fn change(w: f32, pre: f32, verdict: f32, drive: f32, radius: f32) -> f32 {
  return verdict * (radius * pre - drive / radius * w);
}

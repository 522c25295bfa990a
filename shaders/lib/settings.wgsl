// The numbers of one group of synapses. The host reads these names from here.
struct Settings {
  rate: f32,
  decay: f32,
  momentum: f32,
  variance: f32,
  epsilon: f32,
}

// Hinton 2022, eq. 1: a layer's goodness, the square of its activity, is to lie above a threshold for positive data (even
// rows) and below it for negative. The gradient of softplus(∓ evidence) by the neuron's drive; peer normalisation
// pulls each neuron's mean activity towards the population's. A sample that isn't there, all dark, teaches nothing.
#import ACTIVATION
#import GOODNESS

fn next(
  activity: vec4f,
  meanSquare: f32,
  brightness: f32,
  mean: vec4f,
  peers: f32,
  threshold: f32,
  peer: f32,
  sample: u32,
) -> vec4f {
  let neurons = f32(COLUMNS); // of the kernel that this is part of
  let sign = select(-1.0, 1.0, sample % 2u == 0u);
  let evidence = sharpness(neurons) * (meanSquare - threshold);
  let unlikely = 1.0 / (1.0 + exp(clamp(sign * evidence, -80.0, 80.0)));
  let taught = -sign * unlikely * sharpness(neurons) / neurons * 2.0 * activity * slope(activity);
  let levelled = select(vec4f(), peer * (mean - peers), sign > 0.0);
  return select(vec4f(), taught + levelled, brightness > 0.0);
}

// The gradient by a neuron's drive, given that by its normalised activity: what would only stretch the population's
// activity changes nothing and is taken out. `share` is the mean of error · normalised over the population.
#import ACTIVATION

fn next(error: vec4f, normalised: vec4f, share: f32, meanSquare: f32, activity: vec4f) -> vec4f {
  return (error - normalised * share) / (sqrt(meanSquare) + 1e-6) * slope(activity);
}

// Recurrent backprop: λ ← λ + ε (f′ (what its drive does to the loss by way of the layers above and below) − λ), with f′ of the
// hard sigmoid (Almeida 1987; Pineda 1987).
#import lib/activation/hard-sigmoid

fn next(value: vec4f, activity: vec4f, above: vec4f, below: vec4f, pace: f32) -> vec4f {
  return value + pace * (slope(activity) * (above + below) - value);
}

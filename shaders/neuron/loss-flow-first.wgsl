// The same for the first layer: what is below it is clamped.
#import lib/activation/hard-sigmoid

fn next(value: vec4f, activity: vec4f, above: vec4f, pace: f32) -> vec4f {
  return value + pace * (slope(activity) * above - value);
}

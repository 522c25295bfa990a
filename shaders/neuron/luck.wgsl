// What a sample's choice leaves to chance: a number in [0, 1), and one above 0 where it explores.
#import lib/random

fn next(neuron: vec4u, sample: u32, clock: u32, seed: u32, exploration: f32) -> vec4f {
  let key = hash(seed, 0xfa11u, clock);
  return vec4f(unit(hash(key, 0u, sample)), exploration - unit(hash(key, 1u, sample)), 0.0, 0.0);
}

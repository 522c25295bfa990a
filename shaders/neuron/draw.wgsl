// A number from 0 to 1 for each sample, drawn anew at every step.
#import lib/random

fn next(sample: u32, clock: u32, seed: u32) -> vec4f {
  return vec4f(unit(hash(hash(seed, 0xd2a3u, clock), 0u, sample)));
}

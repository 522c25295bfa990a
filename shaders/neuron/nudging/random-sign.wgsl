// The first copy settles freely on, the second is nudged by β or −β: a coin is thrown for each sample (Scellier & Bengio 2017, 5.2).
#import lib/random

fn next(sample: u32, clock: u32, seed: u32, beta: f32) -> vec4f {
  let coin = hash(seed, clock, sample >> 1u) >> 31u;
  return vec4f(select(-beta, beta, coin == 1u) * f32(sample & 1u));
}

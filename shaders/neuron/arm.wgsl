// What an arm pays on the average, drawn once for every agent and arm: normal with mean 0 and variance 1 (Sutton & Barto 2018,
// section 2.3), or, where pay is all or nothing, its chance, uniform.
#import lib/random
#import PAY

fn next(neuron: vec4u, sample: u32, seed: u32) -> vec4f {
  let key = hash(seed, 0xa72du, sample);
  return vec4f(mean(key, neuron.x), mean(key, neuron.y), mean(key, neuron.z), mean(key, neuron.w));
}

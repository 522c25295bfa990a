// What each arm would pay at this trial.
#import lib/random
#import PAY

fn next(average: vec4f, neuron: vec4u, sample: u32, clock: u32, seed: u32) -> vec4f {
  let key = hash(hash(seed, 0x9a71u, clock), 0u, sample);
  return vec4f(
    drawn(average.x, key, neuron.x),
    drawn(average.y, key, neuron.y),
    drawn(average.z, key, neuron.z),
    drawn(average.w, key, neuron.w),
  );
}

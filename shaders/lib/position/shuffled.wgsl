// Which sample comes next: position = step · BATCH + i walks through epochs, and a bijection keyed by seed and epoch
// shuffles each of them, so nothing is uploaded and no sample comes twice in an epoch.
#import lib/permute

override COUNT: u32;
override BATCH: u32;
override SEED: u32;

@group(0) @binding(6) var<uniform> clock: vec4u;

const NO_SAMPLE = 0xffffffffu;

fn turn() -> u32 {
  return clock.x;
}

fn samplePosition(i: u32) -> u32 {
  let position = clock.x * BATCH + i;
  return permute(position % COUNT, COUNT, hash(SEED, 0x5a17u, position / COUNT));
}

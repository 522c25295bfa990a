// Which sample comes next: position = step · BATCH + i walks through epochs, and a bijection keyed by seed and epoch
// shuffles each of them, so nothing is uploaded and no sample comes twice in an epoch.
#import lib/random

override COUNT: u32;
override BATCH: u32;
override SEED: u32;

@group(0) @binding(6) var<uniform> clock: vec4u;

const NO_SAMPLE = 0xffffffffu;

// A Feistel network of four rounds permutes 0 … 4^h − 1; walking on until the value is under COUNT makes it a
// bijection of 0 … COUNT − 1 (Black & Rogaway 2002, cycle walking).
fn shuffle(place: u32, key: u32) -> u32 {
  let bits = max(1u, (33u - countLeadingZeros(max(COUNT, 2u) - 1u)) / 2u);
  let mask = (1u << bits) - 1u;
  var value = place;
  loop {
    var left = value >> bits;
    var right = value & mask;
    for (var round = 0u; round < 4u; round++) {
      let next = left ^ (hash(key, round, right) & mask);
      left = right;
      right = next;
    }
    value = (left << bits) | right;
    if (value < COUNT) { return value; }
  }
}

fn turn() -> u32 {
  return clock.x;
}

fn samplePosition(i: u32) -> u32 {
  let position = clock.x * BATCH + i;
  return shuffle(position % COUNT, hash(SEED, 0x5a17u, position / COUNT));
}

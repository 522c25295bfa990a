// Samples that are streamed through a ring: the host puts them there in the order of `shuffled`, position by position,
// so that a sample is known by its position in the ring.
override COUNT: u32; // part of the slot, not needed here
override BATCH: u32;
override SEED: u32; // part of the slot, not needed here
override RING: u32;

@group(0) @binding(6) var<uniform> clock: vec4u;

const NO_SAMPLE = 0xffffffffu;

fn samplePosition(i: u32) -> u32 {
  return (clock.x * BATCH + i) % RING;
}

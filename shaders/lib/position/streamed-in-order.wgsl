// Samples that are streamed through a ring in their own order, a batch for each turn of the repeat around the kernel; past
// the last there is none.
override COUNT: u32;
override BATCH: u32;
override SEED: u32; // part of the slot, not needed here
override RING: u32;

@group(1) @binding(0) var<uniform> turnIndex: vec4u;

const NO_SAMPLE = 0xffffffffu;

fn samplePosition(i: u32) -> u32 {
  let position = turnIndex.x * BATCH + i;
  return select(NO_SAMPLE, position % RING, position < COUNT);
}

// Where the host gives the batches, a sample is known by its slot in the batch.
override COUNT: u32; // part of the slot, not needed here
override BATCH: u32;
override SEED: u32;

fn samplePosition(i: u32) -> u32 {
  return i;
}

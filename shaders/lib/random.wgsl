// Counter-based random numbers: a value depends on seed, stream and place, never on what was drawn before.
// PCG-RXS-M-XS-32 (O'Neill 2014) as a hash (Jarzynski & Olano 2020); src/gpu/random.ts is the same on the host.
fn pcg(key: u32) -> u32 {
  let state = key * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}

fn hash(seed: u32, stream: u32, index: u32) -> u32 {
  return pcg(index ^ pcg(stream ^ pcg(seed)));
}

// In [0, 1), from the upper 24 bits: exact in f32.
fn unit(bits: u32) -> f32 {
  return f32(bits >> 8u) * 0x1p-24f;
}

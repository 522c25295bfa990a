// A column of the ring [COLUMNS, COLUMN]: spikes of each row, of each population, of each neuron that is followed, and whether
// a stimulus was on. Beside it stand the courses [COLUMNS, LANES, 3]: of each population's rate and of each membrane that is
// followed the least, the greatest and the last value in the column.
const OF_POPULATION = ROWS;
const OF_FOLLOWED = ROWS + BANDS;
const STIMULATED = ROWS + BANDS + FOLLOWED;
const COLUMN = STIMULATED + 1u;
const LANES = BANDS + FOLLOWED;

// A submit as the kernels of a raster hear of it.
struct Now {
  first: u32,      // its first step, and the first that is not in it any more
  last: u32,
  stimulated: u32,
  ms: f32,         // of a column
  followed: vec4u, // numbers among all of the neurons whose membranes are watched
}

// What the host hears of a submit; the first words go on counting.
const LOST = BANDS;                // spikes that the engine's list had no room for
const SAMPLED = BANDS + 1u;        // spikes of the few neurons whose intervals the host looks at
const DELIVERED = BANDS + 2u;      // synapses that all spikes reach, in two words, the low one first
const LEAST = BANDS + 4u;          // of each lane's values, as `ordered` has them
const MOST = LEAST + LANES;
const LIST = MOST + LANES;         // (step, neuron) of each sampled spike

// Whole numbers in the order of the floats that they stand for, for which there are no atomics.
fn ordered(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

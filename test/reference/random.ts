/** Counter-based random numbers in big integers, and what is drawn with them: shuffles and noise. */
const word = (value: bigint) => value & 0xffffffffn;

/** PCG-RXS-M-XS-32 of one key. */
export function pcg(key: bigint): bigint {
  const state = word(key * 747796405n + 2891336453n);
  const mixed = word(((state >> ((state >> 28n) + 4n)) ^ state) * 277803737n);
  return word((mixed >> 22n) ^ mixed);
}

export const hash = (seed: bigint, stream: bigint, index: bigint) =>
  pcg(word(index ^ pcg(word(stream ^ pcg(seed)))));

/** Place `position` of an endless walk through `count` samples, each epoch in an order of its own: Feistel, cycle-walked. */
export function shuffled(position: number, count: number, seed: number): number {
  const key = hash(BigInt(seed), 0x5a17n, BigInt(Math.floor(position / count)));
  let half = 1n; // bits of each half: the smallest square 4^half that holds every sample
  while (4n ** half < BigInt(count)) half++;
  const mask = (1n << half) - 1n;
  let value = BigInt(position % count);
  do {
    let [left, right] = [value >> half, value & mask];
    for (let round = 0n; round < 4n; round++)
      [left, right] = [right, left ^ (hash(key, round, right) & mask)];
    value = (left << half) | right;
  } while (value >= BigInt(count));
  return Number(value);
}

/** Uniform noise of mean 0 and variance 1, [batch, size]; its counter runs over rows padded to four. */
export function noise(
  batch: number,
  size: number,
  seed: number,
  stream: number,
  clock: number,
): Float64Array {
  const key = hash(BigInt(seed), 0x401en, BigInt(clock));
  const stride = 4 * Math.ceil(size / 4);
  return Float64Array.from({ length: batch * size }, (_, at) => {
    const index = Math.floor(at / size) * stride + (at % size);
    const unit = Number(hash(key, BigInt(stream), BigInt(index)) >> 8n) / 2 ** 24;
    return Math.sqrt(3) * (2 * unit - 1);
  });
}

/**
 * The order in which training sees the samples, on the host: the twin of shaders/lib/position/shuffled.wgsl and
 * shaders/lib/permute.wgsl, a Feistel network of four rounds with cycle walking (Black & Rogaway 2002) keyed by seed and epoch.
 */
import { hash, keyOf, pcg } from "../gpu/random";

/** The stream of random numbers that shuffles, as the shader names it. */
const shuffling = 0x5a17;

/** Finds the sample at each position = step · batch + i, as the GPU's own shuffle does. */
export function shuffledOrder(count: number, seed: number): (position: number) => number {
  const bits = Math.max(1, Math.floor((33 - Math.clz32(Math.max(count, 2) - 1)) / 2));
  const mask = 2 ** bits - 1;
  let epoch = -1;
  let keys: number[] = [];
  return (position) => {
    const now = Math.floor(position / count);
    if (now !== epoch) {
      const key = hash(seed, shuffling, now);
      [epoch, keys] = [now, [0, 1, 2, 3].map((round) => keyOf(key, round))];
    }
    let value = position % count;
    do {
      let [left, right] = [value >>> bits, value & mask];
      for (const key of keys) [left, right] = [right, (left ^ pcg(right ^ key)) & mask];
      value = ((left << bits) | right) >>> 0;
    } while (value >= count);
    return value;
  };
}

/** Normal numbers from a counter (Box & Muller 1958), so that a sample is the same in every visit. */
import { unit } from "../../src/gpu/random";

const stream = 0x3b;

/** Of mean 0 and variance 1; the same for equal seed and place. */
export function gaussian(seed: number, at: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - unit(seed, stream, 2 * at)));
  return radius * Math.cos(2 * Math.PI * unit(seed, stream, 2 * at + 1));
}

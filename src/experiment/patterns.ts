/** Patterns of ±1 for associative memories: made, spoilt, compared, and checked before they are stored. */
import { keyOf, pcg, streamOf } from "../gpu/random";

/** A pattern: one ±1 for each neuron. */
export type Pattern = ArrayLike<number>;

/**
 * `count` patterns of independent, fair ±1: the same for the same seed, each whatever the count.
 * @param first how many patterns of the endless list come before them
 */
export function randomPatterns(count: number, neurons: number, seed = 1, first = 0): Int8Array[] {
  const key = keyOf(seed, streamOf("patterns"));
  return Array.from({ length: count }, (_, index) => {
    const from = (first + index) * neurons;
    return Int8Array.from({ length: neurons }, (_, at) => (pcg((from + at) ^ key) >>> 31 ? 1 : -1));
  });
}

/** A pattern in which each value is turned over with probability `share`. */
export function spoil(pattern: Pattern, share: number, seed = 1): Int8Array {
  const key = keyOf(seed, streamOf("spoil"));
  return Int8Array.from(pattern, (value, at) => ((pcg(at ^ key) >>> 8) / 2 ** 24 < share ? -value : value));
}

/** m = ξ·s / n: 1 where a state is the pattern, 0 where it knows nothing of it, −1 where it is its negative. */
export function overlap(pattern: Pattern, state: Pattern): number {
  let sum = 0;
  for (let at = 0; at < pattern.length; at++) sum += pattern[at]! * state[at]!;
  return sum / pattern.length;
}

/**
 * Patterns, or probes, that a network of so many neurons can take.
 * @param what names them in the sentence: "Pattern", "Probe"
 * @throws in one sentence that names the pattern, the element and its value
 */
export function checkPatterns(patterns: readonly Pattern[], neurons: number, what = "Pattern"): void {
  if (patterns.length === 0)
    throw new Error(`Give at least one ${what.toLowerCase()} of ${neurons} values, each 1 or −1.`);
  for (const [index, pattern] of patterns.entries()) {
    if (pattern.length !== neurons)
      throw new Error(
        `${what} ${index} must have one value for each of the ${neurons} neurons, but has ${pattern.length}.`,
      );
    for (let at = 0; at < neurons; at++)
      if (pattern[at] !== 1 && pattern[at] !== -1)
        throw new Error(
          `${what} ${index} must hold only 1 and −1, but its element ${at} is ${pattern[at]}; turn 0 and 1 into −1 and 1 first.`,
        );
  }
}

/** Patterns one after another, as f32; rows past the last are zero. */
export function rowsOf(patterns: readonly Pattern[], neurons: number, rows = patterns.length): Float32Array {
  const values = new Float32Array(rows * neurons);
  for (const [index, pattern] of patterns.entries()) values.set(pattern, index * neurons);
  return values;
}

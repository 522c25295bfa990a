/**
 * A sequence of random draws for one sample. It is keyed by (seed, stream, sample), so a sample is the
 * same however many others are made, and in whatever order.
 *
 * Only exact arithmetic (no log, no sine), so every JavaScript engine draws the same bits.
 */
import { hash, unit } from "../gpu/random";

/** Draws for one sample; each call moves on by one. */
export interface Draws {
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Bell-shaped with mean 0 and standard deviation 1, within ±3.5: the sum of four uniforms (Irwin-Hall). */
  bell(): number;
  /** A whole number from 0 to count-1. */
  pick(count: number): number;
}

/** The draws of sample `index` in `stream` under `seed` (all u32). */
export function drawsOf(seed: number, stream: number, index: number): Draws {
  const key = hash(seed, stream, index);
  let position = 0;
  const next = () => unit(key, stream, position++);
  return {
    between: (low, high) => low + (high - low) * next(),
    bell: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
    pick: (count) => Math.floor(next() * count),
  };
}

/** The labels 0..classes-1 of one block of samples in random order, so every block of `classes` has each once. */
export function shuffledLabels(seed: number, stream: number, block: number, classes: number): Uint8Array {
  const labels = Uint8Array.from({ length: classes }, (_, label) => label);
  const draws = drawsOf(seed, stream, block);
  for (let last = classes - 1; last > 0; last--) {
    const other = draws.pick(last + 1);
    const label = labels[last]!;
    labels[last] = labels[other]!;
    labels[other] = label;
  }
  return labels;
}

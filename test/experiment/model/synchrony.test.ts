/** How a population's spikes come together. Oracle: counts whose mean, spread and rhythm are known beforehand. */
import { expect, it } from "vitest";
import { strongestRhythm, synchrony } from "../../../src/experiment/model/common/synchrony";
import type { Spikes } from "../../../src/experiment/spikes";

/** So many neurons fire in each bin of 1 ms, in its first step. */
function inBins(counts: readonly number[]): Spikes {
  const times = counts.flatMap((count, bin) => Array.from({ length: count }, () => 10 * bin));
  const neurons = counts.flatMap((count) => Array.from({ length: count }, (_, neuron) => neuron));
  return {
    times: Uint32Array.from(times),
    neurons: Uint32Array.from(neurons),
    steps: 10 * counts.length,
    dt: 0.1,
  };
}

it("is the spread of the counts over their mean", () => {
  // Counts 0 and 8 by turns: mean 4, deviation 4.
  const { fluctuation, independent } = synchrony(inBins([0, 8, 0, 8, 0, 8]), 1);
  expect(fluctuation).toBeCloseTo(1, 12);
  expect(independent).toBeCloseTo(0.5, 12);
  expect(synchrony(inBins([3, 3, 3, 3]), 1).fluctuation).toBe(0);
  expect(synchrony(inBins([0, 0]), 1)).toEqual({ fluctuation: 0, independent: 0 });
});

it("finds the rhythm, and how much of the variance it has", () => {
  // 400 ms of a wave at 50 Hz: 20 bins a cycle. A slower one of half its height has a quarter of its variance.
  const wave = (hertz: number, t: number) => Math.cos((2 * Math.PI * hertz * t) / 1000);
  const both = Array.from({ length: 400 }, (_, t) =>
    Math.round(1000 + 400 * wave(50, t) + 200 * wave(25, t)),
  );
  const rhythm = strongestRhythm(inBins(both), 1);
  expect(Math.abs(rhythm.hertz - 50)).toBeLessThanOrEqual(5);
  expect(rhythm.share).toBeCloseTo(0.8, 3);
});

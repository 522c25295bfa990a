/** Statistics of spikes. Oracle: figures worked out by hand, given beside each, and the laws of a Poisson process. */
import { describe, expect, it } from "vitest";
import { correlations, meanCorrelation, sampleNeurons } from "../../src/experiment/spikes-correlation";
import { histogram } from "../../src/experiment/spikes-histogram";
import { intervalHistogram, intervals, meanCv, neuronCvs } from "../../src/experiment/spikes-intervals";
import { four, poisson, spikesOf } from "./spike-lists";

describe("intervals", () => {
  it("are in ms, each of one neuron", () => {
    // They end in steps 6, 9 (neuron 1) and 10, 20, 30 (neuron 0).
    expect(intervals(four, 4)).toEqual(Float64Array.of(0.5, 1.5, 5, 5, 5));
  });

  it("vary by their deviation over their mean, where there are two", () => {
    // A clock: 0. Intervals 1 and 3: mean 2, deviation 1. One spike, none: nothing.
    expect(neuronCvs(four, 4)).toEqual(Float64Array.of(0, 0.5, Number.NaN, Number.NaN));
    expect(meanCv(four, 4)).toEqual({ mean: 0.25, neurons: 2 });
    expect(
      meanCv(
        spikesOf(
          [
            [0, 0],
            [7, 0],
          ],
          9,
          1,
        ),
        1,
      ),
    ).toEqual({ mean: undefined, neurons: 0 });
  });

  it("of a random process that fires with probability p each step have CV √(1 − p)", () => {
    const { mean, neurons } = meanCv(poisson(40, 20_000, 0.05, 3), 40);
    expect(neurons).toBe(40);
    expect(Math.abs(mean! - Math.sqrt(0.95))).toBeLessThan(0.02); // 40 · 1,000 intervals: error about .005
  });

  it("are counted in bins whose borders are exact", () => {
    // .5 and 1.5 in [0, 2.5), none in [2.5, 5), three of 5 in [5, 7.5).
    const { counts, low, high, above } = intervalHistogram(four, 4, { high: 7.5, bin: 2.5 });
    expect({ counts, low, high, above }).toEqual({
      counts: Uint32Array.of(2, 0, 3),
      low: 0,
      high: 7.5,
      above: 0,
    });
    // 3 · .1 is not .3: in floats of ms this interval would fall in the bin below.
    const third = spikesOf(
      [
        [0, 0],
        [3, 0],
      ],
      9,
      0.1,
    );
    expect(intervalHistogram(third, 1, { high: 0.9, bin: 0.3 }).counts).toEqual(Uint32Array.of(0, 1, 0));
    expect(() => intervalHistogram(four, 4, { high: 7, bin: 2.5 })).toThrow("do not fit steps of 0.5 ms");
  });
});

describe("histogram", () => {
  it("counts in equal bins, the last closed, and says what is beyond", () => {
    expect(histogram([-1, 0, 0.5, 1, 1.5, 2, 2.25], { low: 0, high: 2, bins: 2 })).toEqual({
      low: 0,
      high: 2,
      counts: Uint32Array.of(2, 3),
      below: 1,
      above: 1,
    });
    expect(histogram(Float32Array.of(3, 5, 4), { bins: 2 })).toMatchObject({
      low: 3,
      high: 5,
      counts: Uint32Array.of(1, 2),
    });
    expect(histogram([2, 2], { bins: 3 })).toMatchObject({
      low: 2,
      high: 2,
      counts: Uint32Array.of(2, 0, 0),
    });
    expect(histogram([], { bins: 1 })).toMatchObject({ low: 0, high: 0, counts: Uint32Array.of(0) });
  });

  it("refuses what has no place in it", () => {
    expect(() => histogram([1, Number.NaN])).toThrow("Value 1 of 2 is NaN");
    expect(() => histogram([1], { low: 2, high: 1 })).toThrow("from 2 to 1 is empty");
    expect(() => histogram([1], { bins: 0 })).toThrow("needs 1 bin or more, not 0");
  });
});

describe("correlation", () => {
  // Bins of 2 steps; counts of neurons 0, 1, 2, 3: (2,0,1,0), (1,0,1,0), (0,1,0,0), silent.
  const counted = spikesOf(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [3, 2],
      [4, 0],
      [5, 1],
    ],
    8,
    1,
  );

  it("is Pearson's, of counts in bins", () => {
    const chosen = Uint32Array.of(0, 1, 2, 3);
    const [r01, r02, r03, r12, r13, r23] = correlations(counted, chosen, 2);
    // Σx = 3, 2, 1; Σx² = 5, 2, 1; Σxy = 3, 0, 0 over 4 bins.
    expect(r01).toBeCloseTo((4 * 3 - 6) / Math.sqrt((4 * 5 - 9) * (4 * 2 - 4)), 12);
    expect(r02).toBeCloseTo(-3 / Math.sqrt(11 * 3), 12);
    expect(r12).toBeCloseTo(-2 / Math.sqrt(4 * 3), 12);
    expect([r03, r13, r23]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it("is averaged over the pairs that have one", () => {
    const found = meanCorrelation(counted, 4, { bin: 2 });
    const pairs = [6 / Math.sqrt(44), -3 / Math.sqrt(33), -2 / Math.sqrt(12)];
    const mean = (pairs[0]! + pairs[1]! + pairs[2]!) / 3;
    expect(found).toMatchObject({ pairs: 3, neurons: 3 });
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.deviation).toBeCloseTo(
      Math.sqrt(pairs.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 3),
      12,
    );
    expect(meanCorrelation(spikesOf([[0, 1]], 8, 1), 4)).toEqual({
      mean: undefined,
      deviation: undefined,
      pairs: 0,
      neurons: 1,
    });
  });

  it("leaves out the bin that the recording does not fill", () => {
    const whole = spikesOf(
      [
        [0, 0],
        [0, 1],
        [2, 1],
      ],
      4,
      1,
    );
    const longer = spikesOf(
      [
        [0, 0],
        [0, 1],
        [2, 1],
        [4, 0],
      ],
      5,
      1,
    );
    const chosen = Uint32Array.of(0, 1);
    expect(correlations(longer, chosen, 2)).toEqual(correlations(whole, chosen, 2));
  });

  it("is 1 of neurons that fire together, and about 0 of those by themselves", () => {
    const alone = poisson(30, 20_000, 0.05, 9);
    const { mean, deviation, pairs } = meanCorrelation(alone, 30, { bin: 5 });
    expect(pairs).toBe(435);
    expect(Math.abs(mean!)).toBeLessThan(0.004); // 1 / √4,000 bins / √435 pairs is .0008
    expect(Math.abs(deviation! * Math.sqrt(4000) - 1)).toBeLessThan(0.1);
    const twins = [...alone.times].flatMap((step, k) =>
      alone.neurons[k] === 0
        ? ([
            [step, 0],
            [step, 1],
          ] as const)
        : [],
    );
    expect(meanCorrelation(spikesOf(twins, 20_000, 1), 2).mean).toBeCloseTo(1, 12);
  });

  it("draws its sample evenly, and the same from the same seed", () => {
    expect(sampleNeurons(5, 9, 1)).toEqual(Uint32Array.of(0, 1, 2, 3, 4));
    expect(sampleNeurons(1000, 20, 4)).toEqual(sampleNeurons(1000, 20, 4));
    expect(sampleNeurons(1000, 20, 4)).not.toEqual(sampleNeurons(1000, 20, 5));
    const often = new Uint32Array(10);
    for (let seed = 0; seed < 3000; seed++) for (const i of sampleNeurons(10, 3, seed)) often[i]!++;
    for (const times of often) expect(Math.abs(times - 900)).toBeLessThan(125); // 5 deviations of √(900 · .7)
  });
});

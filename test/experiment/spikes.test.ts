/** Statistics of spikes. Oracle: figures worked out by hand, given beside each, and the laws of a Poisson process. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  between,
  checkSpikes,
  meanRate,
  neuronRates,
  populationRate,
  readSpikes,
  type Spikes,
  spikeCounts,
  writeSpikes,
} from "../../src/experiment/spikes";
import { correlations, meanCorrelation, sampleNeurons } from "../../src/experiment/spikes-correlation";
import { histogram } from "../../src/experiment/spikes-histogram";
import { intervalHistogram, intervals, meanCv, neuronCvs } from "../../src/experiment/spikes-intervals";
import { unit } from "../../src/gpu/random";

/** From rows [step, neuron]. */
function spikesOf(rows: readonly (readonly [number, number])[], steps: number, dt: number): Spikes {
  return {
    times: Uint32Array.from(rows, ([step]) => step),
    neurons: Uint32Array.from(rows, ([, neuron]) => neuron),
    steps,
    dt,
  };
}

// Neuron 0 fires in steps 0, 10, 20, 30; 1 in 5, 6, 9; 2 in 30; 3 never. 40 steps of .5 ms: 20 ms.
const four = spikesOf(
  [
    [0, 0],
    [5, 1],
    [6, 1],
    [9, 1],
    [10, 0],
    [20, 0],
    [30, 0],
    [30, 2],
  ],
  40,
  0.5,
);

/** Each of `size` neurons fires in each step with the same probability. */
function poisson(size: number, steps: number, probability: number, seed: number): Spikes {
  const rows: [number, number][] = [];
  for (let step = 0; step < steps; step++)
    for (let i = 0; i < size; i++) if (unit(seed, i, step) < probability) rows.push([step, i]);
  return spikesOf(rows, steps, 1);
}

describe("rates", () => {
  it("are spikes over neurons and seconds", () => {
    expect(spikeCounts(four, 4)).toEqual(Uint32Array.of(4, 3, 1, 0));
    expect(meanRate(four, 4)).toBe(100); // 8 spikes / 4 neurons / .02 s
    expect(neuronRates(four, 4)).toEqual(Float64Array.of(200, 150, 50, 0));
  });

  it("over time fall in whole bins, and what is left over is dropped", () => {
    // Bins of 4 ms hold 8 steps: spikes in 0–7, 8–15, 16–23, 24–31 are 3, 2, 1, 2; a spike is 1 / 4 / .004 s = 62.5.
    expect(populationRate(four, 4, 4)).toEqual(Float64Array.of(187.5, 125, 62.5, 125, 0));
    // 7 ms hold 14 steps, two bins; the 12 steps left, with 2 spikes, are dropped: 5, 1 by 1 / 4 / .007 s.
    const [first, second, third] = populationRate(four, 4, 7);
    expect(first).toBeCloseTo(5 / 4 / 0.007, 10);
    expect(second).toBeCloseTo(1 / 4 / 0.007, 10);
    expect(third).toBeUndefined();
  });

  it("refuse bins that steps don't fill, or a recording too short", () => {
    expect(() => populationRate(four, 4, 0.7)).toThrow(
      "A bin of 0.7 ms is no whole number of steps of 0.5 ms",
    );
    expect(() => populationRate(four, 4, 0)).toThrow("A bin of 0 ms");
    expect(() => populationRate(four, 4, 21)).toThrow("longer than the recording, which lasts 20 ms");
  });

  it("may be taken of a part", () => {
    expect(between(four, 6, 30)).toEqual(
      spikesOf(
        [
          [0, 1],
          [3, 1],
          [4, 0],
          [14, 0],
        ],
        24,
        0.5,
      ),
    );
    expect(between(four, 30)).toEqual(
      spikesOf(
        [
          [0, 0],
          [0, 2],
        ],
        10,
        0.5,
      ),
    );
    expect(() => between(four, 30, 41)).toThrow("Steps 30 to 41 are no part of a recording of 40 steps.");
    expect(() => between(four, 9, 9)).toThrow("no part");
  });
});

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

describe("a list of spikes", () => {
  it.each([
    [
      "out of order",
      spikesOf(
        [
          [3, 0],
          [2, 0],
        ],
        9,
        1,
      ),
      "spike 1 is out of order",
    ],
    [
      "unsorted within a step",
      spikesOf(
        [
          [3, 1],
          [3, 0],
        ],
        9,
        1,
      ),
      "spike 1 is out of order",
    ],
    [
      "twice in a step",
      spikesOf(
        [
          [3, 1],
          [3, 1],
        ],
        9,
        1,
      ),
      "neuron 1 fires twice in step 3",
    ],
    ["late", spikesOf([[9, 0]], 9, 1), "spike 0 is in step 9 of 9"],
    ["a neuron too many", spikesOf([[3, 2]], 9, 1), "spike 0 is neuron 2's of 2"],
    ["no steps", spikesOf([], 0, 1), "it covers 0 steps"],
    ["no dt", spikesOf([], 1, Number.NaN), "its step lasts NaN ms"],
    [
      "lists of two lengths",
      { ...spikesOf([[3, 0]], 9, 1), neurons: new Uint32Array() },
      "1 steps, but 0 neurons",
    ],
  ])("is refused when %s", (_, broken, sentence) => {
    expect(() => checkSpikes(broken, 2, "e")).toThrow(sentence);
    expect(() => checkSpikes(broken, 2, "e")).toThrow(/^e is not a sound list of spikes/);
  });

  it("is written to .npy and read back", () => {
    const given = fc.uniqueArray(fc.tuple(fc.nat(99), fc.nat(6)), { selector: ([step, i]) => step * 7 + i });
    fc.assert(
      fc.property(given, (rows) => {
        const spikes = spikesOf(
          rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]),
          100,
          0.1,
        );
        expect(readSpikes(writeSpikes(spikes), { steps: 100, dt: 0.1, size: 7 })).toEqual(spikes);
      }),
      { seed: 2 },
    );
    expect(() => readSpikes(writeSpikes(four), { steps: 40, dt: 0.5, size: 2 }, "e.npy")).toThrow(
      "e.npy is not a sound list of spikes: spike 7 is neuron 2's of 2.",
    );
  });
});

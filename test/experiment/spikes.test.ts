/** Recorded spikes and their rates. Oracle: figures worked out by hand, given beside each. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  between,
  checkSpikes,
  meanRate,
  neuronRates,
  populationRate,
  readSpikes,
  spikeCounts,
  writeSpikes,
} from "../../src/experiment/spikes";
import { four, spikesOf } from "./spike-lists";

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

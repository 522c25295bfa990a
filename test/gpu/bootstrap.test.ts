/** Oracles: answers known beforehand, from samples that differ by a factor or not at all, and the coverage that a 95 % interval claims. */
import { describe, expect, it } from "vitest";
import { isReal, ratioOfMedians } from "../../src/gpu/bootstrap";
import { unit } from "../../src/gpu/random";

/** Times as a busy machine gives them: seldom much longer, never shorter. */
const times = (count: number, stream: number, scale = 1) =>
  Array.from({ length: count }, (_, index) => scale * (1 + 0.2 * unit(7, stream, index) ** 3));

describe("the ratio of two medians", () => {
  it("is 1 for a sample and itself, and the interval holds 1", () => {
    const sample = times(11, 1);
    const found = ratioOfMedians(sample, sample);
    expect(found.ratio).toBe(1);
    expect(found.low).toBeLessThan(1);
    expect(found.high).toBeGreaterThan(1);
    expect(isReal(found)).toBe(false);
  });

  it("is 2 for times that are all doubled: the interval holds 2 and not 1", () => {
    const sample = times(11, 1);
    const found = ratioOfMedians(
      sample,
      sample.map((ms) => 2 * ms),
    );
    expect(found.ratio).toBe(2);
    expect(found.low).toBeGreaterThan(1.6);
    expect(found.low).toBeLessThanOrEqual(2);
    expect(found.high).toBeGreaterThanOrEqual(2);
    expect(isReal(found)).toBe(true);
  });

  it("has no width where no time ever differs", () => {
    expect(ratioOfMedians([4, 4, 4], [1, 1, 1])).toEqual({ ratio: 0.25, low: 0.25, high: 0.25 });
  });

  it("turns over with its samples", () => {
    const [a, b] = [times(15, 1), times(15, 2, 1.3)];
    const [forth, back] = [ratioOfMedians(a, b), ratioOfMedians(b, a)];
    expect(forth.ratio * back.ratio).toBeCloseTo(1, 12);
    expect(forth.low * back.high).toBeCloseTo(1, 1);
  });

  it("gives the same interval again, and narrower ones for more rounds", () => {
    const width = (count: number) => {
      const { low, high } = ratioOfMedians(times(count, 1), times(count, 2));
      return high - low;
    };
    expect(ratioOfMedians(times(9, 1), times(9, 2))).toEqual(ratioOfMedians(times(9, 1), times(9, 2)));
    expect(width(201)).toBeLessThan(0.5 * width(11));
  });

  it("calls a difference real in hardly more than 5 of 100 pairs drawn alike", () => {
    const pairs = Array.from({ length: 200 }, (_, index) =>
      ratioOfMedians(times(15, 2 * index), times(15, 2 * index + 1), { resamples: 400 }),
    );
    const wrong = pairs.filter(isReal).length;
    expect(wrong).toBeLessThan(20); // the percentile interval of a median is wide rather than narrow
    expect(wrong).toBeGreaterThan(0); // an interval that never errs says nothing
  });

  it("refuses to guess from nothing", () => {
    expect(() => ratioOfMedians([], [1])).toThrow("at least one value on both sides, but got 0 and 1");
  });
});

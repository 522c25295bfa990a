/** Lanes below a raster. Oracle: the rules that their ranges must keep, whatever comes. */
import { expect, it } from "vitest";
import { LaneRange, lanesOf, parts, roundAbove } from "../../src/view/raster-lanes";

it("stand one below the other, rates first", () => {
  expect(lanesOf(2, 1, { top: 100, rate: 30, membrane: 40, gap: 5 })).toEqual([
    { top: 100, height: 30 },
    { top: 135, height: 30 },
    { top: 170, height: 40 },
  ]);
});

it("have round numbers at their ends", () => {
  expect([0.7, 1, 1.01, 2, 3.3, 5, 51, 0].map(roundAbove)).toEqual([1, 1, 2, 2, 5, 5, 100, 1]);
});

it("hold a burst of a rate as long as it is in sight, and little more than is needed after it", () => {
  const range = new LaneRange();
  expect(range.range).toEqual([0, 1]);
  expect(range.take(0, 130, 0)).toBe(true);
  expect(range.range).toEqual([0, 200]);
  for (let part = 0; part <= parts; part++) {
    expect(range.take(0, 8, part)).toBe(false);
    expect(range.range).toEqual([0, 200]);
  }
  expect(range.take(0, 8, parts + 1)).toBe(true);
  expect(range.range).toEqual([0, 10]);
  expect(range.take(0, 3, 3 * parts)).toBe(false); // a little wide is left alone
});

it("reach from below all that is in sight to above the threshold, which may move", () => {
  const range = new LaneRange(10, 0);
  const [low, high] = range.range;
  expect(low).toBeLessThanOrEqual(0);
  expect(high).toBeGreaterThan(10);
  expect(range.told).toEqual([low, 10]);
  expect(range.take(-17, 9, 4)).toBe(true);
  expect(range.range[0]).toBeLessThanOrEqual(-17);
  range.remark(20, 10, false);
  expect(range.told[1]).toBe(20);
  expect(range.range[0]).toBeLessThanOrEqual(-17);
  range.remark(20, 10, true);
  expect(range.range[0]).toBe(10);
});

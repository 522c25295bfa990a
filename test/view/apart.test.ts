import fc from "fast-check";
import { expect, test } from "vitest";
import { apart } from "../../src/view/apart";

test("labels with room stay where they are; two at one place part by half a gap each", () => {
  expect(apart([10, 50, 30], 12, 0, 100)).toEqual([10, 50, 30]);
  expect(apart([40, 40], 10, 0, 100)).toEqual([35, 45]);
  expect(apart([0, 0, 0], 10, 0, 100)).toEqual([0, 10, 20]);
  expect(apart([100, 98], 10, 0, 100)).toEqual([100, 90]);
});

test("none covers another, the order stays, and all are in the room", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 20 }), (wanted) => {
      const places = apart(wanted, 15, 0, 300);
      const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
      for (let k = 1; k < order.length; k++)
        expect(places[order[k]!]! - places[order[k - 1]!]!).toBeGreaterThan(15 - 1e-6);
      for (const place of places) {
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(300 + 1e-6);
      }
    }),
    { seed: 1 },
  );
});

/** XOR and the spirals: what the geometry says of them. */
import { describe, expect, it } from "vitest";
import { spirals } from "../../src/task/spirals";
import { xor } from "../../src/task/xor";

describe("xor", () => {
  it("is the truth table", async () => {
    const { train, test, shape } = await xor.load();
    expect([shape, train.count, test.count]).toEqual([[2], 4, 4]);
    for (let i = 0; i < 4; i++) expect(train.labels[i]).toBe(train.data[2 * i]! ^ train.data[2 * i + 1]!);
    expect([test.data, test.labels]).toEqual([train.data, train.labels]);
  });

  it("has four samples and no others", async () => {
    await expect(xor.load({ train: 5 })).rejects.toThrow("Task xor: train samples must be exactly 4, not 5");
  });
});

describe("spirals", () => {
  it("default to 1024 and 512 balanced points within the square, splits apart", async () => {
    const { train, test } = await spirals.load();
    expect([train.count, test.count, train.data.length]).toEqual([1024, 512, 2048]);
    expect(train.labels.reduce((sum, label) => sum + label, 0)).toBe(512);
    expect(Math.max(...train.data.map(Math.abs))).toBeLessThan(1.1);
    expect(train.data.slice(0, 8)).not.toEqual(test.data.slice(0, 8));
  });

  it("give the same sample whatever the count, and others for another seed", async () => {
    const [few, many, other] = await Promise.all([
      spirals.load({ train: 7, test: 3 }),
      spirals.load({ train: 99 }),
      spirals.load({ seed: 2, train: 7 }),
    ]);
    expect(few.train.data).toEqual(many.train.data.slice(0, 14));
    expect(few.train.data).not.toEqual(other.train.data);
  });

  it("are no line's to separate but a nearest neighbour's", async () => {
    const { train, test } = await spirals.load();
    const distance = (i: number, j: number) =>
      (test.data[2 * i]! - train.data[2 * j]!) ** 2 + (test.data[2 * i + 1]! - train.data[2 * j + 1]!) ** 2;
    let right = 0;
    for (let i = 0; i < test.count; i++) {
      let best = 0;
      for (let j = 1; j < train.count; j++) if (distance(i, j) < distance(i, best)) best = j;
      if (train.labels[best] === test.labels[i]) right++;
    }
    expect(right / test.count).toBeGreaterThan(0.98);
    for (let angle = 0; angle < Math.PI; angle += 0.05) {
      const side = (i: number) =>
        Math.cos(angle) * test.data[2 * i]! + Math.sin(angle) * test.data[2 * i + 1]! > 0;
      const agree = test.labels.filter((label, i) => (label === 1) === side(i)).length / test.count;
      expect(Math.abs(agree - 0.5)).toBeLessThan(0.25);
    }
  });

  it("refuse counts and seeds that are none", async () => {
    for (const train of [0, -1, 1.5, Number.NaN, 1e9]) {
      await expect(spirals.load({ train })).rejects.toThrow(
        "train samples must be a whole number from 1 to 1000000",
      );
    }
    await expect(spirals.load({ seed: -1 })).rejects.toThrow("seed must be a whole number");
  });
});

/** Oracles: the same formulas in Python's big integers; FNV's published test vectors; counting. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hash, pcg, streamOf, unit } from "../../src/gpu/random";

describe("random numbers", () => {
  it("are PCG's, to the bit", () => {
    expect([0, 1, 42, 0xffffffff].map(pcg)).toEqual([129708002, 2831084092, 1223963391, 3861530882]);
    expect(hash(1, 2, 3)).toBe(604675008);
    expect(hash(0xffffffff, 0x80000000, 7)).toBe(4190219715);
  });

  it("stay u32, and f32 holds a unit exactly", () => {
    const u32 = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(u32, u32, u32, (seed, stream, index) => {
        const [key, value] = [hash(seed, stream, index), unit(seed, stream, index)];
        expect(key).toBe(key >>> 0);
        expect(value >= 0 && value < 1 && Math.fround(value) === value).toBe(true);
      }),
    );
  });

  it("are uniform: mean 1/2, variance 1/12, neighbours uncorrelated", () => {
    const values = Array.from({ length: 20_000 }, (_, i) => unit(1, 2, i) - 0.5);
    const mean = (of: number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
    expect(Math.abs(mean(values))).toBeLessThan(0.01);
    expect(Math.abs(mean(values.map((value) => value * value)) - 1 / 12)).toBeLessThan(0.002);
    expect(Math.abs(mean(values.map((value, i) => value * (values[i - 1] ?? 0))))).toBeLessThan(0.003);
  });

  it("name their streams by FNV-1a", () => {
    expect(["", "a", "foobar"].map(streamOf)).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
  });
});

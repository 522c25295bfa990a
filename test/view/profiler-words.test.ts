/** What the profiler says of its numbers. Oracles: profiles made by hand, whose ratios and clocks are known. */
import { describe, expect, it } from "vitest";
import { sayWhole } from "../../demos/profiler/compare";
import { clockText } from "../../demos/profiler/numbers";
import { pairsOf, verdictOf } from "../../demos/profiler/pairs";
import { scaled, speed, time } from "../../demos/profiler/times";
import type { ProfileRow } from "../../src/gpu/profile-row";
import type { Profile } from "../../src/gpu/profiler";
import type { ScheduleRecord } from "../../src/gpu/schedule";

/** A little jitter, none of it by chance. */
const around = (ms: number) => [1, 1.02, 0.99, 1.01, 0.98, 1.03, 1, 0.97, 1.01].map((factor) => ms * factor);

function row(kernel: string, ms: number, calls = 1): ProfileRow {
  const record: ScheduleRecord = { verb: "local", kernel, bind: {}, writes: [], layer: 1, phase: "forward" };
  const work = { share: 1, flops: 0, bytes: 8, gflops: 0, gbytes: 1, firstMs: 0, repeats: 64 };
  return {
    record,
    shaders: [kernel],
    verb: "local",
    layer: 1,
    phase: "forward",
    calls,
    ms,
    least: ms,
    spread: 0,
    times: around(ms),
    ...work,
  };
}

function profileOf(rows: readonly ProfileRow[], ms: number, more: Partial<Profile> = {}): Profile {
  const times = around(ms);
  return {
    clock: "timestamps",
    quantumMs: 0.065536,
    rows,
    sum: ms,
    step: { ms, least: ms, spread: 0, times, encodeMs: 0.1, gpuMs: ms, count: 4 },
    overhead: 0,
    ...more,
  };
}

const pause = () => Promise.resolve();

describe("two profiles side by side", () => {
  it("are no different from themselves", async () => {
    const one = profileOf([row("local/a", 2), row("local/b", 1, 3)], 5);
    const pairs = await pairsOf(one, one, pause);
    expect(pairs.map(({ name }) => name)).toEqual(["Whole step", "local/a", "local/b"]);
    expect(pairs.map(verdictOf)).toEqual(Array(3).fill("no difference shown"));
    expect(pairs[2]).toMatchObject({ a: 3, b: 3, ratio: { ratio: 1 } });
    expect(sayWhole(pairs[0]!, true)).toMatch(/^A step of B takes 1\.000 .* holds 1: the two are the same/);
  });

  it("tell what is twice as slow from what is faster, and what only one has", async () => {
    const a = profileOf([row("local/a", 2), row("local/b", 1), row("local/b", 1), row("local/old", 1)], 5);
    const b = profileOf([row("local/new", 1), row("local/a", 4), row("local/b", 1), row("local/b", 0.5)], 10);
    const pairs = await pairsOf(a, b, pause);
    expect(pairs.map((pair) => [pair.name, verdictOf(pair)])).toEqual([
      ["Whole step", "B is slower"],
      ["local/new", "only in B"],
      ["local/a", "B is slower"],
      ["local/b", "no difference shown"],
      ["local/b", "B is faster"],
      ["local/old", "only in A"],
    ]);
    const { ratio } = pairs[0]!;
    expect(ratio!.ratio).toBe(2);
    expect(ratio!.low).toBeGreaterThan(1);
    expect(ratio!.low <= 2 && ratio!.high >= 2).toBe(true);
    expect(sayWhole(pairs[0]!, false)).toMatch(/leaves 1 out: B is slower, and not by chance alone/);
    expect(sayWhole(pairs[0]!, true)).toMatch(/though nothing was changed: .* measure again/);
  });
});

describe("the clock's words", () => {
  it("say how coarse timestamps are and how that was worked around", () => {
    const text = clockText(profileOf([row("local/a", 0.1), row("local/b", 0.2)], 1));
    expect(text).toContain("steps of 65.5\u202fµs");
    expect(text).toContain("for at least 6.4\u202fms, of which a step is 1.0\u202f%"); // 64 times 0.1 ms
  });

  it("say that it was the host's where there are no timestamps", () => {
    const text = clockText(profileOf([row("local/a", 1)], 1, { clock: "wall", quantumMs: 0.1 }));
    expect(text).toMatch(/^The host’s clock around submits, as this device has no timestamp queries/);
  });

  it("say so where all readings were the same", () => {
    expect(clockText(profileOf([row("local/a", 1)], 1, { quantumMs: undefined }))).toContain("all the same");
  });
});

describe("numbers", () => {
  it.each([
    [0, "0"],
    [1e-6, "1\u202fns"],
    [0.0655, "65.5\u202fµs"],
    [12.345, "12.3\u202fms"],
    [2500, "2.5\u202fs"],
  ])("writes %f ms as %s", (ms, text) => expect(time(ms)).toBe(text));

  it("keeps three figures where zeros would hide them", () => {
    expect([scaled(8), scaled(1_605_632), scaled(3.2e9)]).toEqual(["8", "1.61\u202fM", "3.2\u202fG"]);
    expect([speed(0), speed(2e-6), speed(0.0123)]).toEqual(["0", "< 0.001", "0.0123"]);
  });
});

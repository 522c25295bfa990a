/** Hopfield networks at work. Oracles: Amit, Gutfreund & Sompolinsky's capacity, and one sentence for each bad input. */
import { describe, expect, it } from "vitest";
import { Hopfield } from "../../src/experiment/hopfield";
import { type CapacityRow, capacityCurve, recallSpoilt } from "../../src/experiment/hopfield-capacity";
import { overlap, randomPatterns, spoil } from "../../src/experiment/patterns";
import { TooLargeError } from "../../src/gpu/device";
import { testDevice } from "../support/device";

const create = async (options: Parameters<typeof Hopfield.create>[1]) =>
  Hopfield.create(await testDevice(), options);

// The collapse itself is measured with 4000 neurons in test/rule/hopfield-capacity.test.ts.
it("tells of each load how well it is recalled, the lightest first", async () => {
  const rows: CapacityRow[] = [];
  const device = await testDevice();
  for await (const row of capacityCurve(device, { neurons: 300, loads: [0.3, 0.05], probes: 20, steps: 20 }))
    rows.push(row);
  expect(rows.map(({ load, patterns, probes }) => [load, patterns, probes])).toEqual([
    [0.05, 15, 15],
    [0.3, 90, 20],
  ]);
  const [below, above] = rows;
  expect(below!.mean).toBeGreaterThan(0.99);
  expect(below!.settled).toBe(true);
  expect(above!.mean).toBeLessThan(0.7);
  expect(above!.exact).toBe(0);
});

describe("recall", () => {
  it("brings spoilt patterns back, whichever others are beside them", async () => {
    const network = await create({ neurons: 200 });
    await network.store(randomPatterns(9, 200, 2));
    const { before, after } = await recallSpoilt(network, 3, 0.2);
    expect(before.mean).toBeLessThan(0.7);
    expect(after.mean).toBe(1);
    const probes = network.patterns.slice(0, 3).map((pattern, index) => spoil(pattern, 0.45, index));
    const together = await network.recall(probes);
    const alone = await network.recall([probes[2]!, probes[0]!, probes[0]!]);
    expect(alone.states[0]).toEqual(together.states[2]);
    network.destroy();
  });

  it("ends in a cycle of two where all neurons update at once, and says so", async () => {
    const network = await create({ neurons: 2 });
    await network.store([[1, 1]]);
    const { settled, steps, states } = await network.recall([[1, -1]], { dynamics: "parallel", steps: 9 });
    expect({ settled, steps }).toEqual({ settled: false, steps: 9 });
    expect([...states[0]!]).toEqual([-1, 1]);
    expect([...(await network.recall([[1, -1]])).states[0]!].map(Math.abs)).toEqual([1, 1]);
    network.destroy();
  });

  it("forgets all when cleared", async () => {
    const network = await create({ neurons: 30 });
    await network.store(randomPatterns(3, 30));
    await network.clear();
    expect((await network.weights()).every((value) => value === 0)).toBe(true);
    const [pattern] = randomPatterns(1, 30, 9);
    await network.store([pattern!]);
    const { states } = await network.recall([spoil(pattern!, 0.3)]);
    expect(overlap(pattern!, states[0]!)).toBe(1);
    network.destroy();
  });
});

describe("bad input", () => {
  it("is refused in one sentence, and what was stored stays", async () => {
    const network = await create({ neurons: 4 });
    const good = [1, -1, 1, -1];
    await expect(network.recall([good])).rejects.toThrow("Store patterns before you recall");
    await network.store([good]);
    await expect(network.store([good, [1, -1, 0.5, -1]])).rejects.toThrow(
      "Pattern 1 must hold only 1 and −1, but its element 2 is 0.5",
    );
    await expect(network.store([[1, -1, Number.NaN, -1]])).rejects.toThrow("its element 2 is NaN");
    await expect(network.store([[1, -1, 1]])).rejects.toThrow("the 4 neurons, but has 3");
    await expect(network.store([])).rejects.toThrow("at least one pattern");
    await expect(network.recall([[0, 1, 1, 1]])).rejects.toThrow("Probe 0 must hold only 1 and −1");
    await expect(network.recall([good], { steps: 0 })).rejects.toThrow("whole number of steps, 1 or more");
    await expect(network.begin([good], { turns: 1.5 })).rejects.toThrow("whole number of turns");
    await expect(network.begin([good], { dynamics: "asynchronus" as "parallel" })).rejects.toThrow(
      'did you mean "asynchronous"',
    );
    expect((await network.recall([good])).states[0]).toEqual(Float32Array.from(good));
    network.destroy();
    await expect(create({ neurons: 1 })).rejects.toThrow("2 or more, but got 1");
    await expect(create({ neurons: 9, beta: 0 })).rejects.toThrow("above 0, but got 0");
    await expect(create({ neurons: 3, thresholds: [0, Number.NaN, 0] })).rejects.toThrow("3 finite numbers");
    await expect(create({ neurons: 9, storage: "hebian" as "hebbian" })).rejects.toThrow(
      'did you mean "hebbian"',
    );
  });

  it("more patterns than neurons get a warning with the capacity", async () => {
    const network = await create({ neurons: 20 });
    expect(await network.store(randomPatterns(20, 20))).toEqual({ patterns: 20, load: 1 });
    const { warning } = await network.store(randomPatterns(1, 20, 2));
    expect(warning).toMatch(/21 patterns are more than the 20 neurons.* 0\.138 a neuron, here 2;/);
    network.destroy();
    const modern = await create({ neurons: 20, storage: "modern" });
    expect((await modern.store(randomPatterns(30, 20))).warning).toBeUndefined();
    await expect(modern.weights()).rejects.toThrow("has no weight from neuron to neuron");
    modern.destroy();
  });

  it("a network whose weights no buffer can hold is refused with the number of neurons that fit, which do", async () => {
    const told = await create({ neurons: 60_000 }).catch((error: Error) => error);
    expect(told).toBeInstanceOf(TooLargeError);
    const [, most] = /60000 neurons is too large for .*, enough for (\d+) neurons; take fewer/.exec(
      (told as Error).message,
    )!;
    const { maxBufferSize, maxStorageBufferBindingSize } = (await testDevice()).gpu.limits;
    const bytes = (n: number) => 4 * (n + 1) * Math.ceil(n / 4) * 4;
    const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    expect(bytes(Number(most))).toBeLessThanOrEqual(limit);
    expect(bytes(Number(most) + 4)).toBeGreaterThan(limit);
  });

  it("pseudo-inverse storage names a dependent pattern, and keeps what it had", async () => {
    const network = await create({ neurons: 30, storage: "pseudo-inverse" });
    const patterns = randomPatterns(4, 30);
    await network.store(patterns);
    const negative = patterns[1]!.map((value) => -value);
    await expect(network.store([...randomPatterns(2, 30, 7), negative])).rejects.toThrow(
      "pattern 6 is one of those before it",
    );
    await expect(network.store(randomPatterns(27, 30, 5))).rejects.toThrow(
      "at most as many patterns as neurons, 30, but got 31",
    );
    const { after } = await recallSpoilt(network, 4, 0.1);
    expect(after.exact).toBe(1);
    network.destroy();
  });
});

/** Hopfield networks. Oracles: float64 loops, and the laws of the energy, of each storage, and of the modern form. */
import { describe, expect, it } from "vitest";
import { Hopfield } from "../../src/experiment/hopfield";
import { overlap, randomPatterns, spoil } from "../../src/experiment/patterns";
import * as reference from "../reference/hopfield";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";
import { uniform } from "../support/random";

const n = 67;
const storages = ["hebbian", "pseudo-inverse", "storkey"] as const;
const weightsOf = {
  hebbian: reference.hebbian,
  "pseudo-inverse": reference.pseudoInverse,
  storkey: reference.storkey,
};

async function memory(
  storage: (typeof storages)[number] | "modern",
  neurons: number,
  count: number,
  seed = 1,
) {
  const network = await Hopfield.create(await testDevice(), { neurons, storage, seed });
  const patterns = randomPatterns(count, neurons, seed);
  await network.store(patterns);
  return { network, patterns };
}

describe.each(storages)("%s storage", (storage) => {
  it("makes the weights that its equation says", async () => {
    const { network, patterns } = await memory(storage, n, 9);
    const expected = weightsOf[storage](patterns, n).map((value) => value / n);
    expectClose(await network.weights(), expected, "weights", { absolute: 1e-6 });
    network.destroy();
  });

  it.each([1, 2, 3])(
    "settles asynchronously in the reference's very states, seed %i, its energy never rising",
    async (seed) => {
      const { network, patterns } = await memory(storage, n, 9, seed);
      const w = weightsOf[storage](patterns, n);
      const probes = patterns.map((pattern, index) => spoil(pattern, 0.3, index));
      const recall = await network.begin(probes, { turns: 29 }); // steps that straddle sweeps
      const states = probes.map((probe) => Array.from(probe));
      let before = recall.now.energy;
      expectClose(
        before,
        states.map((state) => reference.energy(w, state)),
        "energy",
        { absolute: 1e-5 },
      );
      for (let step = 0; step < 8; step++) {
        const { energy, moved } = await recall.step();
        const flips = states.map((state) => reference.asynchronous(w, state, seed, step * 29, 29));
        expect((await recall.states()).map((state) => [...state])).toEqual(states);
        expect([...moved]).toEqual(flips);
        expectClose(
          energy,
          states.map((state) => reference.energy(w, state)),
          "energy",
          { absolute: 1e-5 },
        );
        for (const [probe, value] of energy.entries())
          expect(value).toBeLessThanOrEqual(before[probe]! + 2e-6 * n);
        before = energy;
      }
      recall.destroy();
      network.destroy();
    },
  );

  it("updates all neurons at once as the reference does", async () => {
    const { network, patterns } = await memory(storage, n, 9);
    const w = weightsOf[storage](patterns, n);
    let states = patterns.map((pattern, index) => Array.from(spoil(pattern, 0.25, index)));
    const recall = await network.begin(states, { dynamics: "parallel" });
    for (let step = 0; step < 4; step++) {
      const next = states.map((state) => reference.parallel(w, state));
      const flips = next.map((state, k) => state.filter((value, i) => value !== states[k]![i]).length);
      const { moved } = await recall.step();
      states = next;
      expect((await recall.states()).map((state) => [...state])).toEqual(states);
      expect([...moved]).toEqual(flips);
    }
    recall.destroy();
    network.destroy();
  });
});

it("thresholds lessen the local fields and enter the energy", async () => {
  const thresholds = uniform(n, 3, 0.5);
  const network = await Hopfield.create(await testDevice(), { neurons: n, thresholds });
  const patterns = randomPatterns(9, n);
  await network.store(patterns);
  const w = reference.hebbian(patterns, n);
  const states = patterns.map((pattern, index) => Array.from(spoil(pattern, 0.3, index)));
  const recall = await network.begin(states, { turns: 29 });
  for (let step = 0; step < 6; step++) {
    const expected = states.map((state) => reference.energy(w, state, thresholds));
    expectClose(recall.now.energy, expected, "energy", { absolute: 1e-5 });
    const flips = states.map((state) => reference.asynchronous(w, state, 1, step * 29, 29, thresholds));
    expect([...(await recall.step()).moved]).toEqual(flips);
  }
  expect((await recall.states()).map((state) => [...state])).toEqual(states);
  recall.destroy();
  network.destroy();
});

describe("laws of storage", () => {
  it("the projection rule keeps any independent patterns, here 50 of 67 neurons, exactly", async () => {
    const { network, patterns } = await memory("pseudo-inverse", n, 50);
    for (const dynamics of ["asynchronous", "parallel"] as const) {
      const { states, steps } = await network.recall(patterns, { dynamics });
      expect(states.map((state) => [...state])).toEqual(patterns.map((pattern) => [...pattern]));
      expect(steps).toBe(1);
    }
    network.destroy();
  });

  it("at a load of 0.2 Hebbian storage forgets what Storkey's keeps", async () => {
    const kept: Record<string, number> = {};
    for (const storage of ["hebbian", "storkey"] as const) {
      const { network, patterns } = await memory(storage, 300, 60);
      const { states } = await network.recall(patterns);
      kept[storage] = states.reduce((sum, state, k) => sum + overlap(patterns[k]!, state), 0) / 60;
      network.destroy();
    }
    expect(kept.hebbian).toBeLessThan(0.8);
    expect(kept.storkey).toBeGreaterThan(0.97);
  });

  it("patterns stored one after another are patterns stored together", async () => {
    const patterns = randomPatterns(150, n, 4);
    for (const storage of storages) {
      if (storage === "pseudo-inverse") patterns.length = 20;
      const [all, some] = await Promise.all(
        [0, 1].map(async () => Hopfield.create(await testDevice(), { neurons: n, storage })),
      );
      await all!.store(patterns);
      for (const from of [0, 7]) await some!.store(patterns.slice(from, from === 0 ? 7 : undefined));
      expect([...(await some!.weights())]).toEqual([...(await all!.weights())]);
      all!.destroy();
      some!.destroy();
    }
  });
});

describe("the modern form", () => {
  it("steps as the reference does, its energy never rising", async () => {
    const beta = 0.05; // soft: several memories answer
    const network = await Hopfield.create(await testDevice(), { neurons: n, storage: "modern", beta });
    const patterns = randomPatterns(13, n, 5);
    await network.store(patterns);
    let states = patterns.map((pattern, index) => Array.from(spoil(pattern, 0.3, index), Number));
    const recall = await network.begin(states);
    let before = recall.now.energy;
    for (let step = 0; step < 5; step++) {
      expectClose(
        before,
        states.map((state) => reference.modernEnergy(patterns, state, beta)),
        "energy",
        {
          absolute: 2e-4,
        },
      );
      states = states.map((state) => reference.modernStep(patterns, state, beta));
      const { energy } = await recall.step();
      for (const [k, state] of (await recall.states()).entries())
        expectClose(state, states[k]!, `state ${k} after step ${step + 1}`, { absolute: 1e-4 });
      for (const [k, value] of energy.entries()) expect(value).toBeLessThanOrEqual(before[k]! + 1e-4);
      before = energy;
    }
    recall.destroy();
    network.destroy();
  });

  it("recalls each of ten times as many patterns as neurons from a spoilt one in one step", async () => {
    const { network, patterns } = await memory("modern", 128, 1280);
    const recall = await network.begin(patterns.map((pattern, index) => spoil(pattern, 0.1, index)));
    await recall.step();
    const states = await recall.states();
    const overlaps = states.map((state, k) => overlap(patterns[k]!, state));
    expect(Math.min(...overlaps)).toBeGreaterThan(0.999);
    recall.destroy();
    network.destroy();
  });
});

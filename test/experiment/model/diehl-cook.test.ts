/**
 * Diehl & Cook's network: its own kernel against the engine that runs every network, spike for spike, and small patterns
 * that its neurons come to stand for.
 */
import { expect, it } from "vitest";
import { Digits } from "../../../src/experiment/model/diehl-cook/digits";
import { accuracyOf, assignLabels, classify, noClass } from "../../../src/experiment/model/diehl-cook/labels";
import { diehlCookNetwork, diehlCookNumbers } from "../../../src/experiment/model/diehl-cook/network";
import { Simulation } from "../../../src/experiment/simulation";
import { testDevice } from "../../support/device";
import { mulberry32 } from "../../support/random";

const inputs = 64;

/** Stripes, upright and level, over an eighth of noise. */
function stripes(count: number, seed: number): { images: Uint8Array; kinds: number[] } {
  const next = mulberry32(seed);
  const kinds = Array.from({ length: count }, () => Math.floor(4 * next()));
  const images = Uint8Array.from({ length: count * inputs }, (_, k) => {
    const kind = kinds[Math.floor(k / inputs)]!;
    const [row, column] = [Math.floor((k % inputs) / 8), k % 8];
    const lit = (kind < 2 ? row : column) % 4 < 2 === (kind % 2 === 0);
    return lit ? 255 : Math.floor(40 * next());
  });
  return { images, kinds };
}

it("brings the engine's spikes, and its weights to 1e-5", async () => {
  const device = await testDevice();
  const size = { inputs, neurons: 12, seed: 5, total: 20, inhibits: 25 };
  // A grey image: the engine's `set` below darkens pixels that share one rate.
  const images = new Uint8Array(inputs).fill(140);
  const digits = await Digits.create(device, { ...size, images });
  const simulation = await Simulation.create(device, diehlCookNetwork(size, images, 2), { live: ["input"] });
  try {
    const start = await digits.readWeights();
    for (let neuron = 0; neuron < size.neurons; neuron++) {
      let sum = 0;
      for (let k = neuron; k < start.length; k += size.neurons) sum += start[k]!;
      for (let k = neuron; k < start.length; k += size.neurons) start[k]! *= size.total / sum;
    }
    digits.weights = start;
    const order = simulation.listOrder("learned");
    simulation.writeWeights(
      "learned",
      Float32Array.from(order, (k) => start[k]!),
    );

    const { spikes, intensities } = await digits.learn(1);
    await simulation.run(diehlCookNumbers.shown);
    expect([...intensities]).toEqual([2]);
    expect([...spikes]).toEqual([...(await simulation.counts("excitatory"))]);
    expect(spikes.reduce((a, b) => a + b)).toBeGreaterThan(8);

    simulation.set("input", { rate: 0 });
    await simulation.run(diehlCookNumbers.rest);
    const learned = await digits.readWeights();
    const weights = await simulation.readWeights("learned");
    let [farthest, moved] = [0, 0];
    for (const [at, k] of order.entries()) {
      farthest = Math.max(farthest, Math.abs(weights[at]! - learned[k]!));
      moved = Math.max(moved, Math.abs(learned[k]! - start[k]!));
    }
    expect(moved).toBeGreaterThan(0.005);
    expect(farthest).toBeLessThan(1e-5);
    const theta = await simulation.read("excitatory", "theta");
    for (const [neuron, mine] of (await digits.readThresholds()).entries())
      expect(mine).toBeCloseTo(theta[neuron]!, 4);
  } finally {
    simulation.destroy();
    digits.destroy();
  }
});

it("learns four patterns without labels: each comes to have neurons of its own, that know unseen ones", async () => {
  const device = await testDevice();
  const [learned, unseen] = [stripes(64, 2), stripes(32, 3)];
  const size = { inputs, neurons: 16, seed: 1, total: 20 };
  const images = Uint8Array.from([...learned.images, ...unseen.images]);
  const digits = await Digits.create(device, { ...size, images, learning: 64 });
  try {
    const { spikes } = await digits.learn(64);
    const half = spikes.subarray(32 * size.neurons);
    const assigned = assignLabels(half, learned.kinds.slice(32), size.neurons, 4);
    const shown = await digits.show(64, 32);
    expect(accuracyOf(classify(shown.spikes, assigned, 4), unseen.kinds)).toBeGreaterThan(0.9);
    expect(new Set(assigned.filter((kind) => kind >= 0)).size).toBe(4);

    // What fired most of each kind has the greater weights from the pixels that are lit in it.
    const weights = await digits.readWeights();
    const total = (neuron: number) =>
      spikes.reduce((sum, count, k) => sum + (k % size.neurons === neuron ? count : 0), 0);
    for (let kind = 0; kind < 4; kind++) {
      const image = learned.kinds.indexOf(kind);
      const own = [...assigned.keys()].filter((neuron) => assigned[neuron] === kind);
      const neuron = own.reduce((a, b) => (total(b) > total(a) ? b : a));
      const mean = (lit: boolean) => {
        const pixels = [...Array(inputs).keys()].filter(
          (k) => learned.images[image * inputs + k]! > 200 === lit,
        );
        return pixels.reduce((sum, k) => sum + weights[k * size.neurons + neuron]!, 0) / pixels.length;
      };
      expect(mean(true) / mean(false)).toBeGreaterThan(1.2);
    }
    expect(await digits.show(64, 32)).toEqual(shown);
  } finally {
    digits.destroy();
  }
});

it("labels neurons by the class that makes them fire most, and images by the neurons that fire", () => {
  // Neuron 0 fires for class 1, neuron 1 for class 0 once as much, neuron 2 never, neuron 3 for class 1.
  const spikes = Uint32Array.of(0, 4, 0, 1, 6, 2, 0, 3, 0, 6, 0, 0);
  const assigned = assignLabels(spikes, [0, 1, 0], 4, 2);
  expect([...assigned]).toEqual([1, 0, noClass, 1]);
  // Class 1 has two neurons, with a mean of 3, against class 0's 4.
  expect([...classify(Uint32Array.of(6, 4, 9, 0), assigned, 2)]).toEqual([0]);
  expect([...classify(Uint32Array.of(6, 2, 0, 0), assigned, 2)]).toEqual([1]);
  expect(accuracyOf([0, 1, 1], [0, 1, 0])).toBeCloseTo(2 / 3, 12);
});

it("says what images it can't take", async () => {
  const device = await testDevice();
  await expect(
    Digits.create(device, { inputs, neurons: 4, seed: 1, images: new Uint8Array(100) }),
  ).rejects.toThrow("Images of 64 pixels, in fours, were expected, but 100 bytes were given.");
});

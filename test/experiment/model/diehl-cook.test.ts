/**
 * Diehl & Cook's network: its own kernel against the engine that runs every network, spike for spike, and small patterns
 * that its neurons come to stand for.
 */
import { expect, it } from "vitest";
import { Digits } from "../../../src/experiment/model/diehl-cook/digits";
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
  const size = { inputs, neurons: 12, seed: 5, total: 20 };
  const { images } = stripes(2, 1);
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
    expect(moved).toBeGreaterThan(0.02);
    expect(farthest).toBeLessThan(1e-5);
    const theta = await simulation.read("excitatory", "theta");
    for (const [neuron, mine] of (await digits.readThresholds()).entries())
      expect(mine).toBeCloseTo(theta[neuron]!, 4);
  } finally {
    simulation.destroy();
    digits.destroy();
  }
});

/** Weights onto each neuron, scaled to a given sum at a time that the host chooses. */
import { expect, it } from "vitest";
import { Simulation } from "../../src/experiment/simulation";
import type { SpikingNetwork } from "../../src/net/spiking/model";
import { lif } from "../../src/neuron/lif";
import { poisson } from "../../src/neuron/poisson";
import { pairStdp } from "../../src/plasticity/pair-stdp";
import { expectClose, expectSameBits } from "../support/close";
import { testDevice } from "../support/device";

const plasticity = { model: pairStdp, min: 0, max: 1 };
const network: SpikingNetwork = {
  dt: 1,
  seed: 9,
  populations: [
    { name: "in", model: poisson, size: 97, params: { rate: 100 } },
    { name: "out", model: lif, size: 70, params: { threshold: 4, reset: 0 } },
    { name: "inh", model: poisson, size: 5, params: { rate: 0 } },
  ],
  projections: [
    {
      ...{ name: "drive", pre: "in", post: "out", port: "input" },
      connect: { kind: "fixed-probability", probability: 0.3 },
      weight: { uniform: [0, 0.5] },
      plasticity,
    },
    {
      ...{ name: "brake", pre: "inh", post: "out", port: "input" },
      connect: { kind: "all-to-all" },
      weight: { uniform: [-0.5, -0.1] },
      plasticity: { ...plasticity, min: -1, max: 0 },
    },
    { name: "fixed", pre: "in", post: "out", port: "input", connect: { kind: "all-to-all" }, weight: 0 },
  ],
};

it("scales the weights onto each neuron to a sum of their sizes, keeps signs and bounds, and learning goes on", async () => {
  const simulation = await Simulation.create(await testDevice(), network, { lowering: "steps" });
  const sums = async (name: string) => {
    const { post } = await simulation.readSynapses(name);
    const weights = await simulation.readWeights(name);
    const all = new Float64Array(70);
    weights.forEach((weight, k) => {
      all[post[k]!]! += weight;
    });
    return all;
  };
  const first = await simulation.readWeights("drive");
  await simulation.normalise("drive", 6);
  const brakes = await simulation.readWeights("brake");
  for (const sum of await sums("drive")) expect(Math.abs(sum - 6)).toBeLessThan(2e-5);
  expectSameBits(await simulation.readWeights("brake"), brakes, "the other projection's weights");

  // Each neuron's weights by one factor, which is 6 over their sum, added in the order of their synapses.
  const { post } = await simulation.readSynapses("drive");
  const sum = new Float32Array(70);
  first.forEach((weight, k) => {
    sum[post[k]!]! += weight;
  });
  const expected = first.map((weight, k) => weight * Math.fround(6 / sum[post[k]!]!));
  const found = await simulation.readWeights("drive");
  expectClose(found, expected, "weights", { relative: 2e-7, absolute: 0 });

  await simulation.normalise("brake", 1);
  for (const total of await sums("brake")) expect(Math.abs(total + 1)).toBeLessThan(1e-6);
  await simulation.normalise("brake", 100);
  expect(new Set(await simulation.readWeights("brake"))).toEqual(new Set([-1])); // the bound

  await simulation.run(200);
  expect((await sums("drive")).some((total) => Math.abs(total - 6) > 0.01)).toBe(true);
  await simulation.normalise("drive", 6);
  for (const total of await sums("drive")) expect(Math.abs(total - 6)).toBeLessThan(2e-5);

  await expect(simulation.normalise("fixed", 6)).rejects.toThrow(
    "The weights of \"fixed\" can't be normalised, since they aren't plastic; give it a rule.",
  );
  await expect(simulation.normalise("drive", 0)).rejects.toThrow(
    'The weights of "drive" must be normalised to a sum above 0, but it is 0.',
  );
  simulation.destroy();
});

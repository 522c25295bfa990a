/**
 * Short-term plasticity against the closed recursion of Tsodyks, Pawelzik & Markram 1998: a neuron that adds up what arrives hears
 * u x w of each spike, for synapses that depress, that facilitate, and in both ways of running a network.
 */
import { expect, it } from "vitest";
import { Simulation } from "../../src/experiment/simulation";
import type { NeuronModel, Release, SpikingNetwork } from "../../src/net/spiking/model";
import { spikeSource } from "../../src/neuron/spike-source";
import { expectClose, expectSameBits } from "../support/close";
import { testDevice } from "../support/device";

const ear: NeuronModel = {
  name: "ear",
  about: "Its state is the sum of all that has arrived.",
  source: "",
  params: {},
  state: { heard: { initial: 0, unit: "weight", about: "" } },
  ports: ["input"],
  derive: () => ({}),
  shader: {
    name: "ear",
    text: `fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  n.heard += x.input;
  return false;
}`,
  },
};

const dt = 0.5;
const weight = 2;
const trains = [[5, 15, 25, 35, 45, 145], [5, 6, 7, 8, 150], [40]];
const kinds: Release[] = [
  { use: 0.5, recovery: 800, facilitation: 0 }, // depresses
  { use: 0.1, recovery: 100, facilitation: 1000 }, // facilitates at first
  { use: 1, recovery: 30, facilitation: 0 }, // releases all it has
];

/** What the spikes of a train release, one by one. */
function released(train: readonly number[], { use, recovery, facilitation }: Release): number[] {
  let [u, x, last] = [use, 1, -1];
  return train.map((step) => {
    if (last >= 0) {
      const ms = (step - last) * dt;
      x = 1 + (x * (1 - u) - 1) * Math.exp(-ms / recovery);
      u = use + (facilitation > 0 ? u * (1 - use) * Math.exp(-ms / facilitation) : 0);
    }
    last = step;
    return u * x;
  });
}

const network: SpikingNetwork = {
  dt,
  seed: 3,
  populations: [
    { name: "in", model: spikeSource, size: 3, times: trains.map((steps) => steps.map((step) => step * dt)) },
    ...kinds.map((_, k) => ({ name: `ear-${k}`, model: ear, size: 3 })),
  ],
  projections: kinds.map((release, k) => ({
    ...{ pre: "in", post: `ear-${k}`, port: "input", connect: { kind: "one-to-one" as const } },
    ...{ weight, delay: 1, release },
  })),
};

it("releases u x of the weight, spike for spike", async () => {
  const ends: Float32Array[] = [];
  for (const lowering of ["steps", "whole"] as const) {
    const simulation = await Simulation.create(await testDevice(), network, { lowering });
    // A spike of step s is heard in step s + 3, since its delay is two steps: stop behind each.
    const stops = [...new Set(trains.flat())].sort((a, b) => a - b);
    for (const stop of lowering === "steps" ? stops : [stops.at(-1)!]) {
      await simulation.run((stop + 4) * dt - simulation.time);
      for (const [k, release] of kinds.entries()) {
        const heard = await simulation.read(`ear-${k}`, "heard");
        const expected = trains.map((train) =>
          released(train, release)
            .filter((_, n) => train[n]! <= stop)
            .reduce((sum, part) => sum + weight * part, 0),
        );
        // Weights are summed as whole numbers, finer than 2⁻²⁴ of the largest.
        expectClose(heard, expected, `${lowering}, kind ${k}, step ${stop}`, {
          relative: 1e-6,
          absolute: 1e-6,
        });
        if (stop === stops.at(-1)) ends.push(heard);
      }
    }
    simulation.destroy();
  }
  kinds.forEach((_, k) => {
    expectSameBits(ends[k + kinds.length]!, ends[k]!, `kind ${k} in both lowerings`);
  });
});

it("depresses and facilitates as their kinds should", () => {
  const [first, second] = released(trains[0]!, kinds[0]!);
  expect(second).toBeLessThan(0.6 * first!);
  const [weak, stronger] = released(trains[0]!, kinds[1]!);
  expect(stronger).toBeGreaterThan(1.5 * weak!);
  expect(released(trains[1]!, kinds[2]!)[1]).toBeLessThan(0.05);
});

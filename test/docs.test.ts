/** The page on spiking networks: its pieces of code run, and do what it says of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Simulation } from "../src/experiment/simulation";
import type { NeuronModel, PlasticityModel } from "../src/net/spiking/model";
import { spikeSource } from "../src/neuron/spike-source";
import { repository } from "./chrome";
import { testDevice } from "./support/device";

const page = readFileSync(join(repository, "docs", "spiking.md"), "utf8");

/** The object that a piece of the page's code declares by a name, without its types. */
function declared<Model>(name: string): Model {
  const code = new RegExp(`const ${name}: \\w+ = (\\{[\\s\\S]*?\\n\\});`).exec(page)?.[1];
  return new Function(`return ${code}`)() as Model;
}

it("a neuron and a rule of one's own run as the page writes them", async () => {
  const resonator = declared<NeuronModel>("resonator");
  const rule = declared<PlasticityModel>("rule");
  // Two kicks of 0.8 a quarter of a swing apart cancel; a whole swing of 25 ms apart they add up and it fires.
  const simulation = await Simulation.create(await testDevice(), {
    dt: 0.1,
    seed: 1,
    populations: [
      {
        name: "kicks",
        model: spikeSource,
        size: 2,
        times: [
          [10, 35],
          [10, 22.5],
        ],
      },
      { name: "cells", model: resonator, size: 2, params: { damping: -0.01 } },
    ],
    projections: [
      {
        pre: "kicks",
        post: "cells",
        port: "input",
        connect: { kind: "one-to-one" },
        weight: 0.8,
        plasticity: { model: rule, min: 0, max: 1 },
      },
    ],
  });
  await simulation.run(60);
  expect([...simulation.spikes("cells").neurons]).toEqual([0]);
  const [resonant, other] = await simulation.readWeights("kicks-cells/input");
  simulation.destroy();
  // It fires about a quarter swing after the second kick, which the trace remembers: the weight has grown.
  expect(resonant).toBeGreaterThan(0.8);
  expect(other).toBeCloseTo(0.8, 6);
});

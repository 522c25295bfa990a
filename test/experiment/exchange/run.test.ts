/** A network that was drawn, written down, read back and run. Oracle: the spikes of the first, one by one. */
import { expect, it } from "vitest";
import { arraysOf } from "../../../src/experiment/exchange/capture";
import { exportNetwork } from "../../../src/experiment/exchange/export";
import { importNetwork } from "../../../src/experiment/exchange/import";
import { Simulation } from "../../../src/experiment/simulation";
import type { SpikingNetwork } from "../../../src/net/spiking/model";
import { lifExp } from "../../../src/neuron/lif-exp";
import { testDevice } from "../../support/device";
import { models } from "./networks";

/** CUBA in small: everything about it is drawn. */
const drawn: SpikingNetwork = {
  dt: 0.5,
  seed: 12,
  populations: [
    {
      name: "e",
      model: lifExp,
      size: 160,
      initial: { v: { uniform: [-60, -50] } },
      background: [{ port: "excitatory", count: 20, rate: 30, weight: 0.4 }],
    },
    { name: "i", model: lifExp, size: 40, initial: { v: { uniform: [-60, -50] } } },
  ],
  projections: (["e", "i"] as const).flatMap((pre) =>
    (["e", "i"] as const).map((post) => ({
      pre,
      post,
      port: pre === "e" ? "excitatory" : "inhibitory",
      connect: { kind: "fixed-probability", probability: 0.2 } as const,
      weight: pre === "e" ? { normal: [1, 0.2] as const, min: 0 } : -4,
      delay: { uniform: [0.5, 4] as const },
    })),
  ),
};

async function spikesOf(simulation: Simulation, ms: number) {
  await simulation.run(ms);
  return Object.fromEntries(drawn.populations.map(({ name }) => [name, simulation.spikes(name)]));
}

it("fires the same spikes from its file, and writes down where it stands", async () => {
  const device = await testDevice();
  const first = await Simulation.create(device, drawn);
  const { json, tensors } = exportNetwork(drawn, await arraysOf(first));
  const second = await Simulation.create(device, importNetwork(json, tensors, models));
  const spikes = await spikesOf(first, 150);
  expect(spikes.e!.steps.length).toBeGreaterThan(100);
  expect(await spikesOf(second, 150)).toEqual(spikes);

  const later = exportNetwork(drawn, await arraysOf(first));
  const { populations } = importNetwork(later.json, later.tensors, models);
  for (const { name, initial } of populations)
    for (const variable of Object.keys(lifExp.state))
      expect(initial![variable], `${variable} of ${name}`).toEqual({
        values: Float64Array.from(await first.read(name, variable)),
      });
  for (const one of [first, second]) one.destroy();
});

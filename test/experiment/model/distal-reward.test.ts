/**
 * Distal reward: the network's own kernel against the engine that runs every network, spike for spike with dopamine flowing,
 * and a synapse that late rewards find among thousands.
 */
import { expect, it } from "vitest";
import { recorded } from "../../../src/experiment/model/common/measure";
import { Course } from "../../../src/experiment/model/distal-reward/course";
import {
  chosenSynapse,
  distalNetwork,
  distalPosts,
} from "../../../src/experiment/model/distal-reward/network";
import { Simulation } from "../../../src/experiment/simulation";
import { meanCv } from "../../../src/experiment/spikes-intervals";
import { testDevice } from "../../support/device";

/** Small, with the published number of synapses onto each neuron, so that it fires. */
const size = { excitatory: 120, inhibitory: 30, synapses: 100, seed: 3 };

it("brings the engine's spikes over a second, their intervals' CV, and its weights to 1e-4", async () => {
  const device = await testDevice();
  const course = await Course.create(device, size, 1);
  const simulation = await Simulation.create(device, distalNetwork(size));
  try {
    const [second] = await course.run(1);
    await simulation.run(1000);
    const spikes = async (name: string) =>
      (await simulation.counts(name)).reduce((sum, count) => sum + count, 0);
    expect(second!.excitatorySpikes).toBe(await spikes("excitatory"));
    expect(second!.inhibitorySpikes).toBe(await spikes("inhibitory"));
    expect(second!.excitatorySpikes).toBeGreaterThan(50);

    const cvs = await course.readCvs();
    for (const name of ["excitatory", "inhibitory"] as const) {
      const { mean } = meanCv(recorded(simulation, name), size[name]);
      expect(mean).toBeGreaterThan(0.1);
      expect(cvs[name]).toBeCloseTo(mean!, 4);
    }

    const posts = distalPosts(size);
    const chosen = chosenSynapse(size, posts);
    const mine = await course.readWeights();
    const theirs = await simulation.readWeights("learned");
    const places = [...mine.keys()].filter((k) => posts[k]! < size.excitatory);
    const order = simulation.listOrder("learned");
    let [farthest, moved] = [0, 0];
    for (const [at, k] of order.entries()) {
      const place = places[k]!;
      farthest = Math.max(farthest, Math.abs(theirs[at]! - mine[place]!));
      if (place !== chosen) moved = Math.max(moved, Math.abs(mine[place]! - 1));
    }
    expect(moved).toBeGreaterThan(0.01);
    expect(farthest).toBeLessThan(1e-4);
  } finally {
    simulation.destroy();
    course.destroy();
  }
});

/** What spiking rules ask of a synapse. Oracle: the design's table; and the machine, where a value is changed between steps. */
import { describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit";
import { reportAudit } from "../../src/audit/report";
import { Simulation } from "../../src/experiment/simulation";
import type { PlasticityModel, SpikingNetwork } from "../../src/net/spiking/model";
import { spikingSchedule } from "../../src/net/spiking/schedule";
import { lif } from "../../src/neuron/lif";
import { poisson } from "../../src/neuron/poisson";
import { pairStdp } from "../../src/plasticity/pair-stdp";
import { testDevice } from "../support/device";

/** Three factors at their simplest: pairs mark the synapse, and dopamine decides at each sweep (Izhikevich 2007). */
const marked: PlasticityModel = {
  ...pairStdp,
  name: "marked",
  state: { eligibility: 0 },
  events: ["arrive", "fire", "sweep"],
  shader: {
    name: "marked",
    text: `fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) { s.eligibility -= p.depression * post.y; }
fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) { s.eligibility += p.potentiation * pre.x; }
fn sweep(s: ptr<function, Synapse>, p: Parameters, dopamine: f32) { s.weight += dopamine * s.eligibility; }`,
  },
};

/** Poisson inputs onto cells that reach one another, and an output. */
function network(model: PlasticityModel, dopamine?: SpikingNetwork["dopamine"]): SpikingNetwork {
  const plasticity = { model, min: 0, max: 8, ...(model.events.includes("sweep") && { every: 5 }) };
  return {
    dt: 1,
    seed: 3,
    populations: [
      { name: "input", model: poisson, size: 30, params: { rate: 60 } },
      { name: "cells", model: lif, size: 20 },
      { name: "out", model: lif, size: 10 },
    ],
    projections: [
      {
        pre: "input",
        post: "cells",
        port: "input",
        connect: { kind: "all-to-all" },
        weight: 1.5,
        plasticity,
      },
      {
        pre: "cells",
        post: "cells",
        port: "input",
        connect: { kind: "all-to-all" },
        weight: 0.2,
        plasticity,
      },
      { pre: "cells", post: "out", port: "input", connect: { kind: "all-to-all" }, weight: 4, plasticity },
    ],
    ...(dopamine && { dopamine }),
  };
}

const reward = {
  tau: 200,
  reward: {
    pre: { population: "cells", neuron: 0 },
    post: { population: "out", neuron: 0 },
    within: 20,
    amount: 0.5,
    delay: [5, 20] as const,
  },
};

describe("the audit of a time step", () => {
  const summary = (net: SpikingNetwork) => reportAudit("", [], audit(spikingSchedule(net), "time")).summary;

  it("finds STDP local: no weight but its own, no layer to wait for, no teacher", () => {
    expect(summary(network(pairStdp))).toEqual({
      weightTransport: "none",
      updateLocking: "waits for no other layer",
      locality: "local",
      teachingSignal: "none",
    });
  });

  it("finds that reward-modulated STDP hears one scalar besides", () => {
    const { teachingSignal, locality, ...rest } = summary(network(marked, reward));
    // The scalar itself waits for the outcome, which is the last layer's.
    expect(rest).toEqual({
      weightTransport: "none",
      updateLocking: "layer 1 waits for later layer 2: 1 step",
    });
    expect(locality).toContain("three-factor");
    expect(locality).not.toMatch(/delivered|lateral/);
    expect(teachingSignal).toMatch(/^one scalar .* through 0 transports/);
  });

  it("finds that a dopamine population's spikes reach synapses as a scalar too", () => {
    const released = { tau: 200, released: { population: "out", amount: 0.1 } };
    expect(summary(network(marked, released)).locality).toContain("three-factor");
  });
});

describe("the machine agrees", () => {
  /** Input synapses after 30 ms, where something was changed at 15 ms. */
  async function changed(net: SpikingNetwork, meddle?: (simulation: Simulation) => void | Promise<void>) {
    const simulation = await Simulation.create(await testDevice(), net);
    await simulation.run(15);
    await meddle?.(simulation);
    await simulation.run(1);
    const values = await simulation.readWeights("input-cells/input", net.dopamine ? "eligibility" : "weight");
    const weights = await simulation.readWeights("input-cells/input");
    const { post } = await simulation.readSynapses("input-cells/input");
    simulation.destroy();
    return { values, weights, post };
  }

  it("STDP of one neuron's synapses doesn't see another's weights, but sees its own post neuron fire", async () => {
    const net = network(pairStdp);
    const before = await changed(net);
    const deaf = await changed(net, async (simulation) => {
      const { post } = await simulation.readSynapses("input-cells/input");
      const weights = await simulation.readWeights("input-cells/input");
      simulation.writeWeights(
        "input-cells/input",
        weights.map((weight, k) => (post[k] === 0 ? weight : 8 - weight)),
      );
    });
    const ofFirst = ({ values, post }: typeof before) => values.filter((_, k) => post[k] === 0);
    expect(ofFirst(deaf)).toEqual(ofFirst(before));
    const fired = await changed(net, (simulation) =>
      simulation.write("cells", "v", new Float32Array(20).fill(100)),
    );
    expect(ofFirst(fired)).not.toEqual(ofFirst(before));
  });

  it("without dopamine eligibility comes and no weight moves", async () => {
    const { values, weights } = await changed(network(marked, { tau: 200 }));
    expect(values.some((value) => value !== 0)).toBe(true);
    expect(new Set(weights)).toEqual(new Set([1.5]));
  });
});

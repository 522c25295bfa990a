/** Bad plasticity is refused with one sentence, before anything is made of the network. */
import { describe, expect, it } from "vitest";
import { checkNetwork } from "../../src/net/spiking/check";
import { layOut } from "../../src/net/spiking/layout";
import type {
  Plasticity,
  PlasticityModel,
  ProjectionSpec,
  SpikingNetwork,
} from "../../src/net/spiking/model";
import { izhikevich } from "../../src/neuron/izhikevich";
import { lif } from "../../src/neuron/lif";
import { spikeSource } from "../../src/neuron/spike-source";
import { clopathStdp } from "../../src/plasticity/clopath-stdp";
import { pairStdp } from "../../src/plasticity/pair-stdp";
import { rewardStdp } from "../../src/plasticity/reward-stdp";

/** Two inputs onto two neurons, through one plastic projection. */
function networkWith(
  plasticity: Partial<Plasticity> & { model: PlasticityModel },
  change: Partial<ProjectionSpec> = {},
  neurons: Partial<SpikingNetwork["populations"][number]> = {},
): SpikingNetwork {
  return {
    dt: 0.5,
    seed: 1,
    populations: [
      { name: "in", model: spikeSource, size: 2, times: [[1], [2]] },
      { name: "out", model: lif, size: 2, ...neurons },
    ],
    projections: [
      {
        ...{ name: "learning", pre: "in", post: "out", port: "input" },
        ...{ connect: { kind: "all-to-all" }, weight: 0.5 },
        plasticity: plasticity as Plasticity,
        ...change,
      },
    ],
  };
}
const check = (...given: Parameters<typeof networkWith>) => checkNetwork(networkWith(...given));
const bounds = { min: 0, max: 1 };

describe("plasticity", () => {
  it("passes where nothing is amiss", () => {
    check({ model: pairStdp, ...bounds });
    check({ model: rewardStdp, every: 10, ...bounds });
    check({ model: clopathStdp, ...bounds });
  });

  it.each([{}, { min: 0 }, { min: 1, max: 0 }, { min: 0, max: Number.POSITIVE_INFINITY }])(
    "needs bounds, not %o",
    (given) => {
      expect(() => check({ model: pairStdp, ...given })).toThrow(
        /^Projection "learning": plastic weights need bounds, min ≤ max, but they are .+ and .+; set plasticity.min and .max.$/,
      );
    },
  );

  it.each([undefined, 0, 0.2, -1])("needs a time between sweeps where its rule sweeps, not %s", (every) => {
    expect(() => check({ model: rewardStdp, ...bounds, ...(every !== undefined && { every }) })).toThrow(
      'Projection "learning": reward-stdp visits its synapses every so often; set plasticity.every to 0.5 ms or more.',
    );
  });

  it("keeps its synapses: it can't be procedural, nor release", () => {
    expect(() => check({ model: pairStdp, ...bounds }, { storage: "procedural" })).toThrow(
      "Projection \"learning\": plastic synapses can't be procedural, since a synapse that isn't kept must follow from its pre neuron alone; leave storage out.",
    );
    const release = { use: 0.5, recovery: 100, facilitation: 0 };
    expect(() => check({ model: pairStdp, ...bounds }, { release })).toThrow(
      'Projection "learning" can\'t be both plastic and releasing; leave one out.',
    );
  });

  it("knows its rule's parameters, and their ranges", () => {
    expect(() => check({ model: pairStdp, ...bounds, params: { tauPlsu: 20 } })).toThrow(
      'Unknown parameter "tauPlsu": did you mean "tauPlus"?',
    );
    expect(() => check({ model: pairStdp, ...bounds, params: { tauPlus: 0 } })).toThrow(
      'Projection "learning" (pair-stdp): tauPlus must be a number from 0.001 to Infinity ms, but is 0.',
    );
    expect(() => check({ model: clopathStdp, ...bounds, params: { peak: -50 } })).toThrow(
      'Projection "learning": a spike\'s peak must lie above thetaPlus, but they are -50 and -45.3 mV; raise the peak.',
    );
  });

  it("follows a variable that its neurons have, measured from one number", () => {
    const following = (of: string): PlasticityModel => ({
      ...pairStdp,
      name: "following",
      traces: { pre: {}, post: { u: { of } } },
    });
    expect(() => check({ model: following("vv"), ...bounds }, { port: "input" })).toThrow(
      'Projection "learning": following follows a state variable of "out" (lif). Unknown state variable "vv". Known: v, hold.',
    );
    expect(() => check({ model: following("v"), ...bounds }, {}, { params: { rest: [-70, -65] } })).toThrow(
      'Projection "learning": following follows v, so rest must be one number for all of "out"; split the population.',
    );
    check({ model: following("u"), ...bounds }, { port: izhikevich.ports[0]! }, { model: izhikevich });
  });

  it("gives its shader numbers", () => {
    const broken: PlasticityModel = { ...pairStdp, derive: () => ({ depression: Number.NaN }) };
    expect(() => layOut(networkWith({ model: broken, ...bounds }))).toThrow(
      'Projection "learning" (pair-stdp): its depression came out as NaN; check its parameters.',
    );
  });

  it("has traces that name parameters of its rule", () => {
    const said =
      'Projection "learning": pair-stdp names a parameter that it doesn\'t declare. Unknown parameter';
    const misspelt: PlasticityModel = {
      ...pairStdp,
      traces: { ...pairStdp.traces, post: { y: { tau: "tauMinsu", jump: "add" } } },
    };
    expect(() => check({ model: misspelt, ...bounds })).toThrow(
      `${said} "tauMinsu": did you mean "tauMinus"?`,
    );
    const when = { trace: "y", above: "thresh" };
    expect(() => check({ model: { ...pairStdp, when }, ...bounds })).toThrow(`${said} "thresh"`);
  });

  it("waits for a trace that its rule has", () => {
    const model = { ...clopathStdp, when: { trace: "U", above: "thetaPlus" } };
    expect(() => check({ model, ...bounds })).toThrow('Projection "learning": Unknown post trace "U"');
  });
});

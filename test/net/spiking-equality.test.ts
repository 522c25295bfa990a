/**
 * A network of 200 neurons with listed synapses, delays from 0 to 8 ms and STDP, against a plain float64 loop over its first
 * 500 ms: the same spikes, and weights to 1e-5. Trains of spikes drive it, so that no chaos multiplies the last digit.
 */
import { describe, expect, it } from "vitest";
import { Simulation } from "../../src/experiment/simulation";
import type { PlasticityModel, SpikingNetwork } from "../../src/net/spiking/model";
import { lifExp } from "../../src/neuron/lif-exp";
import { spikeSource } from "../../src/neuron/spike-source";
import { lifExp as lifExpTwin } from "../reference/spiking/integrate-and-fire";
import { runNetwork, type Synapses, scripted } from "../reference/spiking/network";
import { testDevice } from "../support/device";
import { mulberry32 } from "../support/random";

const dt = 0.5;
const steps = 1000;
const [sources, excitatory, inhibitory] = [60, 110, 30];
const params = {
  ...{ tau: 20, rest: -65, threshold: -50, reset: -60, refractory: 3, current: 0 },
  ...{ tauExcitatory: 5, tauInhibitory: 10 },
};
const stdp = { plus: 0.05, minus: 0.06, tauPlus: 20, tauMinus: 30 };
const [least, most] = [0, 7.5];

/** The pair rule as a user would write it, with all pairs or the nearest alone. */
const pairRule = (jump: "add" | "set"): PlasticityModel => ({
  name: `pair-${jump}`,
  about: "Additive pair STDP.",
  source: "Song, Miller & Abbott 2000",
  params: Object.fromEntries(
    Object.entries(stdp).map(([name, value]) => [name, { default: value, unit: "", about: name }]),
  ),
  traces: { pre: { before: { tau: "tauPlus", jump } }, post: { after: { tau: "tauMinus", jump } } },
  events: ["arrive", "fire"],
  derive: ({ plus, minus }) => ({ plus: plus!, minus: minus! }),
  shader: {
    name: "pair",
    text: `fn arrive(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight -= p.minus * post.after;
}
fn fire(s: ptr<function, Synapse>, pre: Pre, post: Post, p: Parameters) {
  s.weight += p.plus * pre.before;
}`,
  },
});

interface Listed {
  readonly from: string;
  readonly to: string;
  readonly port: "excitatory" | "inhibitory";
  readonly plastic: boolean;
  readonly pre: number[];
  readonly post: number[];
  readonly weight: number[];
  readonly delay: number[];
}

const next = mulberry32(11);

/** Each pair with probability `p`, weights about `mean`, delays up to 16 steps. */
function listed(from: string, to: string, sizes: [number, number], p: number, mean: number): Listed {
  const list: Listed = {
    from,
    to,
    port: mean > 0 ? "excitatory" : "inhibitory",
    plastic: mean > 0,
    ...{ pre: [], post: [], weight: [], delay: [] },
  };
  for (let pre = 0; pre < sizes[0]; pre++)
    for (let post = 0; post < sizes[1]; post++)
      if (next() < p) {
        list.pre.push(pre);
        list.post.push(post);
        list.weight.push(Math.fround(mean * (0.5 + next())));
        list.delay.push(Math.floor(17 * next()));
      }
  return list;
}

const lists = [
  listed("in", "exc", [sources, excitatory], 0.25, 5),
  listed("in", "inh", [sources, inhibitory], 0.25, 5),
  listed("exc", "exc", [excitatory, excitatory], 0.1, 0.4),
  listed("exc", "inh", [excitatory, inhibitory], 0.1, 0.6),
  listed("inh", "exc", [inhibitory, excitatory], 0.2, -1.5),
  listed("inh", "inh", [inhibitory, inhibitory], 0.2, -1.5),
];
/** Poisson at 50 spikes/s, by step. */
const drive = Array.from({ length: sources }, () =>
  Array.from({ length: steps }, (_, step) => step).filter(() => next() < 0.05 * dt),
);

function reference(nearest: boolean) {
  const neurons = (size: number) => Array.from({ length: size }, () => lifExpTwin(params, dt));
  const synapses = lists.map(
    ({ plastic, ...list }): Synapses => ({
      ...list,
      weight: [...list.weight],
      ...(plastic && { stdp: { ...stdp, min: least, max: most, nearest } }),
    }),
  );
  const populations = { in: drive.map(scripted), exc: neurons(excitatory), inh: neurons(inhibitory) };
  return { spikes: runNetwork(populations, synapses, dt, steps), synapses };
}

function network(rule: PlasticityModel): SpikingNetwork {
  return {
    dt,
    seed: 5,
    populations: [
      { name: "in", model: spikeSource, size: sources, times: drive.map((at) => at.map((s) => s * dt)) },
      { name: "exc", model: lifExp, size: excitatory, params },
      { name: "inh", model: lifExp, size: inhibitory, params },
    ],
    projections: lists.map(({ from, to, port, plastic, pre, post, weight, delay }) => ({
      name: `${from}-${to}`,
      pre: from,
      post: to,
      port,
      connect: { kind: "list", pre, post },
      weight: { values: weight },
      delay: { values: delay.map((count) => count * dt) },
      ...(plastic && { plasticity: { model: rule, min: least, max: most } }),
    })),
  };
}

describe.each([
  { pairs: "all-to-all", lowerings: ["whole", "steps"] },
  { pairs: "nearest", lowerings: ["steps"] },
] as const)("with $pairs pairs", ({ pairs, lowerings }) => {
  const twin = reference(pairs === "nearest");
  const weights = twin.synapses.flatMap(({ weight }) => weight);

  it("drives a float64 network in which much happens", () => {
    for (const [population, size] of [
      ["exc", excitatory],
      ["inh", inhibitory],
    ] as const) {
      const active = new Set(twin.spikes.filter((s) => s.population === population).map((s) => s.neuron));
      expect(active.size, population).toBeGreaterThan(0.9 * size);
    }
    const before = lists.flatMap(({ weight }) => weight);
    const changed = weights.map((w, k) => w - before[k]!);
    expect(changed.filter((d) => d > 0.01).length).toBeGreaterThan(100);
    expect(changed.filter((d) => d < -0.01).length).toBeGreaterThan(100);
    expect(weights.filter((w) => w === least || w === most).length).toBeGreaterThan(10);
  });

  it.each(lowerings)("has its spikes and weights on the GPU (lowering: %s)", async (lowering) => {
    const rule = pairRule(pairs === "nearest" ? "set" : "add");
    const simulation = await Simulation.create(await testDevice(), network(rule), { lowering });
    await simulation.run(steps * dt);
    for (const name of ["in", "exc", "inh"]) {
      const { steps: at, neurons } = simulation.spikes(name);
      const found = Array.from(at, (step, k) => [step, neurons[k]]);
      const expected = twin.spikes.filter((s) => s.population === name).map((s) => [s.step, s.neuron]);
      expect(found).toEqual(expected);
    }
    let worst = 0;
    for (const { from, to, weight } of twin.synapses) {
      const order = simulation.listOrder(`${from}-${to}`);
      const found = await simulation.readWeights(`${from}-${to}`);
      for (const [place, k] of order.entries()) worst = Math.max(worst, Math.abs(found[place]! - weight[k]!));
    }
    expect(worst).toBeLessThan(1e-5);
    simulation.destroy();
  });
});

/**
 * Pairs of neurons whose spikes are given by step, each joined by one plastic synapse: all cases of a rule in one network,
 * because compiling takes longer than running. A teacher's synapse, far stronger than any plastic one, makes a post neuron fire
 * in the step after the teacher's own.
 */
import { Simulation, type SimulationOptions } from "../../src/experiment/simulation";
import type { Dopamine, Plasticity, PopulationSpec, SpikingNetwork } from "../../src/net/spiking/model";
import { lif } from "../../src/neuron/lif";
import { spikeSource } from "../../src/neuron/spike-source";
import { expectSameBits } from "../support/close";
import { testDevice } from "../support/device";

/** Steps in which the pre and the post neuron fire; a post neuron can't in step 0. */
export interface Case {
  readonly pre: readonly number[];
  readonly post: readonly number[];
  /** Steps from the pre neuron's spike to its arrival; default 0. */
  readonly delay?: number;
  /** Default 0.5. */
  readonly weight?: number;
}

export interface Pairing {
  readonly plasticity: Plasticity;
  readonly cases: readonly Case[];
  /** ms; default 1. */
  readonly dt?: number;
  readonly steps: number;
  readonly dopamine?: Omit<Dopamine, "released">;
  /** Steps in which a population of one neuron releases dopamine, and how much. */
  readonly released?: { readonly steps: readonly number[]; readonly amount: number };
  /** By default one whose membrane does no more than fire when told. */
  readonly post?: Pick<PopulationSpec, "model" | "params" | "initial">;
  readonly port?: string;
  readonly teacher?: number;
}

const told = { model: lif, params: { threshold: 500, reset: 0, refractory: 0 } };

export function pairingNetwork(pairing: Pairing): SpikingNetwork {
  const {
    plasticity,
    cases,
    dt = 1,
    dopamine,
    released,
    post = told,
    port = "input",
    teacher = 1000,
  } = pairing;
  const size = cases.length;
  const numbers = cases.map((_, k) => k);
  const inMs = (steps: readonly number[], less = 0) => steps.map((step) => (step - less) * dt);
  const source = (name: string, times: number[][]) => ({
    name,
    model: spikeSource,
    size: times.length,
    times,
  });
  return {
    dt,
    seed: 1,
    populations: [
      source(
        "pre",
        cases.map(({ pre }) => inMs(pre)),
      ),
      source(
        "teacher",
        cases.map((one) => inMs(one.post, 1)),
      ),
      { name: "post", size, ...post },
      ...(released ? [source("dopaminergic", [inMs(released.steps)])] : []),
    ],
    projections: [
      {
        name: "plastic",
        ...{ pre: "pre", post: "post", port },
        connect: { kind: "list", pre: numbers, post: numbers },
        weight: { values: cases.map(({ weight = 0.5 }) => weight) },
        delay: { values: cases.map(({ delay = 0 }) => delay * dt) },
        plasticity,
      },
      {
        pre: "teacher",
        post: "post",
        port,
        connect: { kind: "one-to-one" },
        weight: teacher,
        name: "teaching",
      },
    ],
    ...(released && {
      dopamine: { tau: 200, ...dopamine, released: { population: "dopaminergic", amount: released.amount } },
    }),
  };
}

/** The synapses after `steps`, the same bits in both lowerings: each variable's values by case. */
export async function runPairing(
  pairing: Pairing,
  variables: readonly string[] = ["weight"],
): Promise<Record<string, Float32Array>> {
  const found: Record<string, Float32Array>[] = [];
  for (const lowering of ["whole", "steps"] as const)
    found.push(await once(pairing, variables, { lowering }));
  for (const name of variables)
    expectSameBits(found[1]![name]!, found[0]![name]!, `${name} in both lowerings`);
  return found[0]!;
}

async function once(pairing: Pairing, variables: readonly string[], options: SimulationOptions) {
  const { cases, dt = 1, steps } = pairing;
  const simulation = await Simulation.create(await testDevice(), pairingNetwork(pairing), {
    record: ["post"],
    ...options,
  });
  try {
    await simulation.run(steps * dt);
    const spikes = simulation.spikes("post");
    cases.forEach(({ post }, neuron) => {
      const fired = [...spikes.steps].filter((_, k) => spikes.neurons[k] === neuron);
      if (`${fired}` !== `${post}`)
        throw new Error(`Post neuron ${neuron} was to fire in steps ${post}, but fired in ${fired}.`);
    });
    const values: Record<string, Float32Array> = {};
    for (const name of variables) values[name] = await simulation.readWeights("plastic", name);
    return values;
  } finally {
    simulation.destroy();
  }
}

/**
 * Pairs of neurons whose spikes are given by step, each joined by one plastic synapse: all cases of several rules in one network,
 * because compiling takes longer than running. A teacher's synapse, far stronger than any plastic one, makes a post neuron fire
 * in the step after the teacher's own.
 */
import { Simulation } from "../../src/experiment/simulation";
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

/** Cases of one rule with one set of parameters. */
export interface Group {
  readonly plasticity: Plasticity;
  readonly cases: readonly Case[];
  /** By default neurons whose membrane does no more than fire when told; a teacher speaks to the first port, a pre neuron to the last. */
  readonly post?: Pick<PopulationSpec, "model" | "params" | "initial">;
  readonly teacher?: number;
  /** False where a teacher moves the post neuron without making it fire. */
  readonly fires?: boolean;
}

export interface Pairing {
  readonly groups: readonly Group[];
  /** ms; default 1. */
  readonly dt?: number;
  readonly steps: number;
  readonly dopamine?: Omit<Dopamine, "released">;
  /** Steps in which a population of one neuron releases dopamine, and how much. */
  readonly released?: { readonly steps: readonly number[]; readonly amount: number };
}

const told = { model: lif, params: { threshold: 500, reset: 0, refractory: 0 } };

export function pairingNetwork({ groups, dt = 1, dopamine, released }: Pairing): SpikingNetwork {
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
      ...groups.flatMap(({ cases, post = told }, group) => [
        source(
          `pre-${group}`,
          cases.map((one) => inMs(one.pre)),
        ),
        source(
          `teacher-${group}`,
          cases.map((one) => inMs(one.post, 1)),
        ),
        { name: `post-${group}`, size: cases.length, ...post },
      ]),
      ...(released ? [source("dopaminergic", [inMs(released.steps)])] : []),
    ],
    projections: groups.flatMap(({ cases, plasticity, post = told, teacher = 1000 }, group) => {
      const numbers = cases.map((_, k) => k);
      const { ports } = post.model;
      return [
        {
          name: `plastic-${group}`,
          ...{ pre: `pre-${group}`, post: `post-${group}`, port: ports.at(-1)! },
          connect: { kind: "list", pre: numbers, post: numbers },
          weight: { values: cases.map(({ weight = 0.5 }) => weight) },
          delay: { values: cases.map(({ delay = 0 }) => delay * dt) },
          plasticity,
        } as const,
        {
          name: `teaching-${group}`,
          ...{ pre: `teacher-${group}`, post: `post-${group}`, port: ports[0]! },
          connect: { kind: "one-to-one" },
          weight: teacher,
        } as const,
      ];
    }),
    ...(released && {
      dopamine: {
        tau: 200,
        ...dopamine,
        released: { population: "dopaminergic", amount: released.amount },
      },
    }),
  };
}

/**
 * A variable of each group's synapses after `steps`, by case, where every post neuron has fired when it was to; `lowering: both` sees
 * that both give the same bits.
 */
export async function runPairing(
  pairing: Pairing,
  variables: readonly string[] = ["weight"],
  lowering: "steps" | "both" = "steps",
): Promise<Record<string, Float32Array>[]> {
  const found = await once(pairing, variables, "steps");
  if (lowering === "both") {
    const whole = await once(pairing, variables, "whole");
    found.forEach((group, k) => {
      for (const name of variables)
        expectSameBits(whole[k]![name]!, group[name]!, `${name} in both lowerings`);
    });
  }
  return found;
}

async function once(pairing: Pairing, variables: readonly string[], lowering: "steps" | "whole") {
  const { groups, dt = 1, steps } = pairing;
  const simulation = await Simulation.create(await testDevice(), pairingNetwork(pairing), { lowering });
  try {
    await simulation.run(steps * dt);
    const found: Record<string, Float32Array>[] = [];
    for (const [group, { cases, fires = true }] of groups.entries()) {
      const spikes = simulation.spikes(`post-${group}`);
      cases.forEach(({ post }, neuron) => {
        const fired = [...spikes.steps].filter((_, k) => spikes.neurons[k] === neuron);
        const expected = fires ? post : [];
        if (`${fired}` !== `${expected}`)
          throw new Error(
            `Neuron ${neuron} of group ${group} was to fire in steps ${expected}, not ${fired}.`,
          );
      });
      const values: Record<string, Float32Array> = {};
      for (const name of variables) values[name] = await simulation.readWeights(`plastic-${group}`, name);
      found.push(values);
    }
    return found;
  } finally {
    simulation.destroy();
  }
}

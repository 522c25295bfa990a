/** CUBA: Vogels & Abbott's network of integrate-and-fire neurons with exponential currents, at two sizes. */
import type { ProjectionSpec, SpikingNetwork } from "../../../net/spiking/model";
import { lifExp } from "../../../neuron/lif-exp";
import type { ModelOptions } from "./model";

export interface CubaNumbers {
  readonly neurons: number;
  /** Of each ordered pair, at scale 1. */
  readonly probability: number;
  /** mV. */
  readonly excitatory: number;
  readonly inhibitory: number;
}

/**
 * Every ordered pair of neurons, a neuron with itself too, is connected by itself; the neurons are lif-exp's defaults. At
 * scale X there are X times the neurons, and each pair is connected with 1/X of the probability.
 */
export function cuba(
  numbers: CubaNumbers,
  { scale, seed }: Pick<ModelOptions, "scale" | "seed">,
): SpikingNetwork {
  const neurons = Math.round(numbers.neurons * scale);
  const excitatory = Math.round(0.8 * neurons);
  const probability = Math.min(1, numbers.probability / scale);
  const population = (name: string, size: number) => ({
    name,
    model: lifExp,
    size,
    initial: { v: { uniform: [-60, -50] as const } },
  });
  const projection = (pre: string, post: string): ProjectionSpec => ({
    pre,
    post,
    port: pre,
    connect: { kind: "fixed-probability", probability, self: true },
    weight: pre === "excitatory" ? numbers.excitatory : numbers.inhibitory,
  });
  const names = ["excitatory", "inhibitory"];
  return {
    dt: 0.1,
    seed,
    populations: [population("excitatory", excitatory), population("inhibitory", neurons - excitatory)],
    projections: names.flatMap((pre) => names.map((post) => projection(pre, post))),
  };
}

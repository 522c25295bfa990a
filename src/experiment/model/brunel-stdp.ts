/** Brunel's network with plastic excitatory synapses: a benchmark in which every spike changes a thousand weights. */
import type { ProjectionSpec, SpikingNetwork } from "../../net/spiking/model";
import { lif } from "../../neuron/lif";
import { pairStdp } from "../../plasticity/pair-stdp";
import type { ModelOptions } from "./common/model";
import { networkModel } from "./common/network-model";

/** mV. */
const weight = 0.1;
const most = 2 * weight;
/** Inhibitory against excitatory weights. */
const g = 5;

function network({ scale, seed }: ModelOptions): SpikingNetwork {
  const probability = Math.min(1, 0.1 / scale);
  const background = [{ port: "input", count: 800, rate: 25, weight }];
  const population = (name: string, size: number) => ({
    name,
    model: lif,
    size: Math.round(size * scale),
    initial: { v: { uniform: [0, 20] as const } },
    background,
  });
  const projection = (pre: string, post: string): ProjectionSpec => ({
    pre,
    post,
    port: "input",
    connect: { kind: "fixed-probability", probability, self: true },
    weight: pre === "excitatory" ? weight : -g * weight,
    delay: 1.5,
    ...(pre === "excitatory" &&
      post === "excitatory" && {
        plasticity: {
          model: pairStdp,
          params: { potentiation: 0.01 * most, depression: 0.0105 * most, tauPlus: 20, tauMinus: 20 },
          min: 0,
          max: most,
        },
      }),
  });
  const names = ["excitatory", "inhibitory"];
  return {
    dt: 0.1,
    seed,
    populations: [population("excitatory", 8000), population("inhibitory", 2000)],
    projections: names.flatMap((pre) => names.map((post) => projection(pre, post))),
  };
}

export const model = networkModel({
  name: "brunel-stdp",
  about: "Brunel's network with additive pair STDP between excitatory neurons",
  source: "Brunel 2000; STDP of Song, Miller & Abbott 2000, eq. 1",
  shows: "10,000 neurons at about 34 spikes/s whose 6.4 million plastic synapses drift apart from one value.",
  seconds: 1,
  scale: { default: 1, min: 0.1, max: 100 },
  transientMs: 200,
  network,
  async measure(simulation) {
    const weights = await simulation.readWeights("excitatory-excitatory/input");
    const mean = weights.reduce((sum, one) => sum + one, 0) / weights.length;
    const variance = weights.reduce((sum, one) => sum + (one - mean) ** 2, 0) / weights.length;
    const deviation = Math.sqrt(variance);
    return {
      json: { weights: { mean, deviation, start: weight, most } },
      lines: [
        `Plastic weights ended at ${mean.toFixed(5)} ± ${deviation.toFixed(5)} mV; all began at ${weight} and may go from 0 to ${most}.`,
      ],
    };
  },
});

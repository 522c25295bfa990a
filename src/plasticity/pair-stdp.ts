/** Spike-timing-dependent plasticity by pairs of spikes. */
import type { PlasticityModel, SpikeTrace } from "../net/spiking/model";

/**
 * An arriving spike depresses by A₋ y, a firing post neuron potentiates by A₊ x, where x and y are traces of the pre and the
 * post neuron: each jumps by 1 at a spike and decays with τ₊ or τ₋, so that all pairs count. Additive: the change doesn't depend
 * on the weight, whose bounds alone hold it (Song, Miller & Abbott 2000, eq. 1). Amplitudes in the weight's unit.
 */
export const pairStdp: PlasticityModel = pair(
  "pair-stdp",
  "add",
  "All pairs of spikes count, whatever the weight.",
);

/** The same where only the nearest spike of the other neuron counts: the traces are set to 1 (Izhikevich & Desai 2003). */
export const nearestStdp: PlasticityModel = pair(
  "nearest-stdp",
  "set",
  "Only the nearest spike of the other neuron counts, whatever the weight.",
);

function pair(name: string, jump: SpikeTrace["jump"], about: string): PlasticityModel {
  return {
    name,
    about,
    source: "Song, Miller & Abbott 2000, eq. 1; Morrison, Diesmann & Gerstner 2008",
    params: {
      potentiation: { default: 0.01, unit: "weight", about: "A₊, gained a spike of the post neuron" },
      depression: { default: 0.0105, unit: "weight", about: "A₋, lost a spike of the pre neuron" },
      tauPlus: { default: 20, min: 1e-3, unit: "ms", about: "time constant of the pre neuron's trace" },
      tauMinus: { default: 20, min: 1e-3, unit: "ms", about: "time constant of the post neuron's trace" },
    },
    traces: { pre: { x: { tau: "tauPlus", jump } }, post: { y: { tau: "tauMinus", jump } } },
    events: ["arrive", "fire"],
    derive: ({ potentiation, depression }) => ({ potentiation: potentiation!, depression: depression! }),
    shader: "plasticity/pair-stdp",
  };
}

/** STDP with the same sign on both sides: what fires together is joined, in whichever order. */
import type { PlasticityModel, SpikeTrace } from "../net/spiking/model";
import { timeConstant, weightChange } from "./common/parameter";

/**
 * A firing post neuron adds A x, an arriving spike adds B y − C, where x and y are traces of all spikes of the pre and the post
 * neuron. Mishra et al. 2016 found A = B and C = 0 between pyramidal cells of CA3. Inhibitory synapses that balance excitation have C =
 * 2 ρ τ A for a rate ρ that the post neuron is brought to (Vogels et al. 2011). A negative A and B depress on both sides.
 */
export const symmetricStdp: PlasticityModel = symmetric(
  "symmetric-stdp",
  "add",
  "All pairs of spikes potentiate, in whichever order they come.",
);

/** The same where only the nearest spike of the other neuron counts. */
export const nearestSymmetricStdp: PlasticityModel = symmetric(
  "nearest-symmetric-stdp",
  "set",
  "The nearest spike of the other neuron potentiates, whether it came before or after.",
);

function symmetric(name: string, jump: SpikeTrace["jump"], about: string): PlasticityModel {
  return {
    name,
    about,
    source: "Mishra, Kim, Guzman & Jonas 2016; Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011",
    params: {
      preFirst: weightChange(0.01, "A, gained a spike of the post neuron"),
      postFirst: weightChange(0.01, "B, gained a spike of the pre neuron"),
      offset: weightChange(0, "C, lost at every spike of the pre neuron"),
      tauPlus: timeConstant(20, "time constant of the pre neuron's trace"),
      tauMinus: timeConstant(20, "time constant of the post neuron's trace"),
    },
    traces: { pre: { x: { tau: "tauPlus", jump } }, post: { y: { tau: "tauMinus", jump } } },
    events: ["arrive", "fire"],
    derive: ({ preFirst, postFirst, offset }) => ({
      preFirst: preFirst!,
      postFirst: postFirst!,
      offset: offset!,
    }),
    shader: "plasticity/symmetric-stdp",
  };
}

/** Pair STDP whose steps shrink towards the bounds: multiplicative, additive, and everything between. */
import type { PlasticityModel, SpikeTrace } from "../net/spiking/model";
import { factor, timeConstant, weightChange } from "./common/parameter";

/**
 * With W the weight's place between its bounds, from 0 at `min` to 1 at `max`: an arriving spike takes A₋ W^μ₋ y, a firing post
 * neuron adds A₊ (1 − W)^μ₊ x, where all pairs count. Exponents of 1 are the multiplicative rule (van Rossum, Bi & Turrigiano
 * 2000; Rubin, Lee & Sompolinsky 2001), of 0 the additive one (`pair-stdp`, which is faster). Amplitudes in the weight's unit.
 */
export const weightDependentStdp: PlasticityModel = dependent(
  "weight-dependent-stdp",
  "add",
  "All pairs of spikes count; steps shrink as the weight nears its bounds.",
);

/** The same where only the nearest spike of the other neuron counts. */
export const nearestWeightDependentStdp: PlasticityModel = dependent(
  "nearest-weight-dependent-stdp",
  "set",
  "Only the nearest spike of the other neuron counts; steps shrink as the weight nears its bounds.",
);

function dependent(name: string, jump: SpikeTrace["jump"], about: string): PlasticityModel {
  return {
    name,
    about,
    source: "Gütig, Aharonov, Rotter & Sompolinsky 2003, eqs 1 to 3",
    params: {
      potentiation: weightChange(0.01, "A₊, gained a spike of the post neuron at the lower bound"),
      depression: weightChange(0.0105, "A₋, lost a spike of the pre neuron at the upper bound"),
      muPlus: factor(1, "μ₊, the exponent of potentiation", 0),
      muMinus: factor(1, "μ₋, the exponent of depression", 0),
      tauPlus: timeConstant(20, "time constant of the pre neuron's trace"),
      tauMinus: timeConstant(20, "time constant of the post neuron's trace"),
    },
    traces: { pre: { x: { tau: "tauPlus", jump } }, post: { y: { tau: "tauMinus", jump } } },
    events: ["arrive", "fire"],
    derive: ({ potentiation, depression, muPlus, muMinus }, _, { min, max }) => ({
      potentiation: potentiation!,
      depression: depression!,
      muPlus: muPlus!,
      muMinus: muMinus!,
      least: min,
      perRange: max > min ? 1 / (max - min) : 0,
    }),
    shader: "plasticity/weight-dependent-stdp",
  };
}

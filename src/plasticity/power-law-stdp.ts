/** Pair STDP with a power law in the weight, as pairing experiments show it. */
import type { PlasticityModel, SpikeTrace } from "../net/spiking/model";
import { factor, timeConstant } from "./common/parameter";

/**
 * An arriving spike takes λ α w y, a firing post neuron adds λ w₀^(1−μ) w^μ x, where all pairs count: strong synapses gain
 * a smaller part of themselves and lose the same part. The weight has no upper bound of its own, so that `max` is a safeguard
 * alone; it is never negative. λ and α have no unit, w₀ the weight's.
 */
export const powerLawStdp: PlasticityModel = powerLaw("power-law-stdp", "add", "All pairs of spikes count");

/** The same where only the nearest spike of the other neuron counts. */
export const nearestPowerLawStdp: PlasticityModel = powerLaw(
  "nearest-power-law-stdp",
  "set",
  "Only the nearest spike of the other neuron counts",
);

function powerLaw(name: string, jump: SpikeTrace["jump"], pairs: string): PlasticityModel {
  return {
    name,
    about: `${pairs}; potentiation grows with a power of the weight, depression with the weight.`,
    source: "Morrison, Aertsen & Diesmann 2007, eq. 2",
    params: {
      rate: factor(0.1, "λ, the size of all steps", 0),
      asymmetry: factor(0.11, "α, depression over potentiation at a weight of w₀", 0),
      mu: factor(0.4, "μ, the exponent of potentiation", 0),
      reference: {
        default: 1,
        min: 1e-30,
        unit: "weight",
        about: "w₀, the weight at which the two are compared",
      },
      tauPlus: timeConstant(20, "time constant of the pre neuron's trace"),
      tauMinus: timeConstant(20, "time constant of the post neuron's trace"),
    },
    traces: { pre: { x: { tau: "tauPlus", jump } }, post: { y: { tau: "tauMinus", jump } } },
    events: ["arrive", "fire"],
    derive: ({ rate, asymmetry, mu, reference }) => ({
      potentiation: rate! * reference!,
      depression: rate! * asymmetry!,
      mu: mu!,
      perReference: 1 / reference!,
    }),
    shader: "plasticity/power-law-stdp",
  };
}

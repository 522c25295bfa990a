/** Voltage-based plasticity: a synapse follows its post neuron's membrane rather than its spikes. */
import type { Parameter, PlasticityModel } from "../net/spiking/model";
import { timeConstant } from "./common/parameter";

const voltage = (value: number, about: string): Parameter => ({ default: value, unit: "mV", about });

/**
 * An arriving spike takes A_LTD [ū₋ − θ₋]₊. In every step that leaves the post membrane u above θ₊, the weight gains
 * A_LTP x̄ (u − θ₊) [ū₊ − θ₋]₊ dt. Here ū₋ and ū₊ are low-pass filters of u, taken before this step, and x̄ one of the arriving
 * spikes, each of which adds 1/τ_x. Only synapses of a post neuron above θ₊ are visited.
 *
 * Neuron models reset in the step in which they fire: a spike counts as `peak` for `spikeWidth`, both here and in the filters.
 * The post model needs a membrane `v` in mV. Defaults are for visual cortex.
 */
export const clopathStdp: PlasticityModel = {
  name: "clopath-stdp",
  about: "The filtered voltage of the post neuron decides whether a synapse gains or loses.",
  source: "Clopath, Büsing, Vasilaki & Gerstner 2010, eqs 1 to 3",
  params: {
    depression: { default: 14e-5, min: 0, unit: "weight/mV", about: "A_LTD" },
    potentiation: { default: 8e-5, min: 0, unit: "weight/mV²", about: "A_LTP" },
    thetaMinus: voltage(-70.6, "θ₋, the filtered voltage from which synapses change"),
    thetaPlus: voltage(-45.3, "θ₊, the voltage from which they gain"),
    tauX: timeConstant(15, "τ_x, of the filtered arriving spikes"),
    tauMinus: timeConstant(10, "τ₋, of the filtered voltage that depresses"),
    tauPlus: timeConstant(7, "τ₊, of the filtered voltage that potentiates"),
    peak: voltage(33, "what the membrane counts as during a spike"),
    spikeWidth: timeConstant(2, "how long a spike lasts"),
  },
  traces: {
    pre: { x: { tau: "tauX", jump: "add" } },
    post: {
      u: { of: "v", spike: { peak: "peak", width: "spikeWidth" } },
      low: { of: "v", tau: "tauMinus", spike: { peak: "peak", width: "spikeWidth" } },
      high: { of: "v", tau: "tauPlus", spike: { peak: "peak", width: "spikeWidth" } },
    },
  },
  events: ["arrive", "fire"],
  when: { trace: "u", above: "thetaPlus" },
  derive: (p, dt) => ({
    depression: p.depression!,
    gain: (p.potentiation! * dt) / p.tauX!,
    gainInSpike: (p.potentiation! * p.spikeWidth!) / p.tauX!,
    thetaMinus: p.thetaMinus!,
    thetaPlus: p.thetaPlus!,
    peak: p.peak!,
  }),
  check: ({ peak, thetaPlus }) =>
    peak! > thetaPlus!
      ? undefined
      : `a spike's peak must lie above thetaPlus, but they are ${peak} and ${thetaPlus} mV; raise the peak.`,
  shader: "plasticity/clopath-stdp",
};

/** Reward-modulated STDP: pairs of spikes make a synapse eligible, and dopamine turns its eligibility into weight. */

import type { PlasticityModel, SpikeTrace, Values } from "../net/spiking/model";
import { factor, timeConstant, weightChange } from "./common/parameter";

/**
 * What STDP would do at once goes into the synapse's eligibility c, which decays with tauEligibility; every so often
 * (`every`) the weight follows it, Δw = rate · every · (baseline + dopamine) · c, and then c decays. The nearest pairs count
 * (Izhikevich 2007: traces of .1 that decay by ×.95 a ms, LTD 1.5 times LTP; with `every` 10 ms Δw = (.002 + dopamine) · c
 * and c decays by ×.99). With baseline 0 no weight moves without dopamine.
 */
export const rewardStdp: PlasticityModel = {
  ...modulated("reward-stdp", "set"),
  about: "The nearest pairs of spikes make a synapse eligible; dopamine turns that into weight.",
  source: "Izhikevich 2007, eqs 1 and 2, and its program",
  params: {
    potentiation: weightChange(0.1, "gained in eligibility at a spike of the post neuron"),
    depression: weightChange(0.15, "lost in eligibility at a spike of the pre neuron"),
    tauPlus: timeConstant(-1 / Math.log(0.95), "time constant of the pre neuron's trace"),
    tauMinus: timeConstant(-1 / Math.log(0.95), "time constant of the post neuron's trace"),
    tauEligibility: timeConstant(-10 / Math.log(0.99), "time constant of the eligibility"),
    rate: {
      default: 0.1,
      unit: "1/ms",
      about: "weight gained a ms from an eligibility of 1, at a dopamine of 1",
    },
    baseline: factor(0.002, "what stands beside the dopamine always"),
  },
  derive: (p, _, { every }) => ({
    potentiation: p.potentiation!,
    depression: p.depression!,
    ...bySweep(p, every, p.rate!),
    baseline: p.baseline!,
  }),
};

/**
 * Florian's MSTDPET: the same where all pairs count, an eligibility of ζ/τ_z for a change ζ, and no baseline, so that
 * without reward (the dopamine) no weight moves. The paper's own form has `every` equal to dt: Δw = γ dt r z.
 */
export const mstdpet: PlasticityModel = {
  ...modulated("mstdpet", "add"),
  about: "All pairs of spikes make a synapse eligible; reward turns that into weight.",
  source: "Florian 2007, reward-modulated STDP with an eligibility trace (MSTDPET)",
  params: {
    potentiation: factor(1, "A₊, what a pair at lag 0 is worth where the pre neuron fires first"),
    depression: factor(1, "−A₋, and where the post neuron does"),
    tauPlus: timeConstant(20, "time constant of the pre neuron's trace"),
    tauMinus: timeConstant(20, "time constant of the post neuron's trace"),
    tauEligibility: timeConstant(25, "τ_z, time constant of the eligibility"),
    rate: {
      default: 0.1,
      unit: "weight",
      about: "γ, weight gained a ms from an eligibility of 1/ms, at a reward of 1",
    },
  },
  derive: (p, _, { every }) => ({
    potentiation: p.potentiation! / p.tauEligibility!,
    depression: p.depression! / p.tauEligibility!,
    ...bySweep(p, every, p.rate!),
    baseline: 0,
  }),
};

const bySweep = ({ tauEligibility }: Values, every: number, rate: number) => ({
  rate: rate * every,
  keep: Math.exp(-every / tauEligibility!),
});

function modulated(name: string, jump: SpikeTrace["jump"]) {
  return {
    name,
    traces: { pre: { x: { tau: "tauPlus", jump } }, post: { y: { tau: "tauMinus", jump } } },
    state: { eligibility: 0 },
    events: ["arrive", "fire", "sweep"],
    shader: "plasticity/reward-stdp",
  } as const;
}

/** Leaky integrate-and-fire with exponentially decaying synaptic conductances. */
import type { NeuronModel } from "../net/spiking/model";
import {
  exponentialConductances,
  leakIn,
  leakyMembrane,
  reversals,
  reversalsFromRest,
  synapticTimes,
  withPhi,
} from "./common/conductance";
import { checkReset, firingFromRest, membrane } from "./common/parameter";

/**
 * C dv/dt = −leak (v − rest) − gₑ (v − Eₑ) − gᵢ (v − Eᵢ) + current, held for `refractory` after a spike; a conductance jumps by
 * the weight (in nS, never negative) and decays exponentially, never held. Exponential Euler with each conductance at its
 * mean over the step. The defaults are the COBA benchmark's, where excitatory weights are 6 nS and inhibitory ones 67.
 */
export const lifCondExp: NeuronModel = {
  name: "lif-cond-exp",
  about: "Leaky integrate-and-fire; each arriving spike opens a conductance that decays exponentially.",
  source: "Vogels & Abbott 2005; Brette et al. 2007, benchmark 1 (COBA)",
  params: { ...leakyMembrane, ...reversals(0, -80), ...synapticTimes(5, 10) },
  state: {
    ...membrane,
    excitatory: { initial: 0, unit: "nS", about: "the excitatory synapses' conductance" },
    inhibitory: { initial: 0, unit: "nS", about: "the inhibitory synapses' conductance" },
  },
  ports: ["excitatory", "inhibitory"],
  derive: (p, dt) => ({
    ...firingFromRest(p, dt),
    ...reversalsFromRest(p),
    ...leakIn(p, dt),
    ...exponentialConductances(p, dt, dt / p.capacitance!),
  }),
  check: checkReset,
  shader: withPhi("neuron/lif-cond-exp"),
};

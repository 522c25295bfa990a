/** Leaky integrate-and-fire with alpha-function synaptic conductances. */
import type { NeuronModel } from "../net/spiking/model";
import {
  leakIn,
  leakyMembrane,
  reversals,
  reversalsFromRest,
  synapticTimes,
  withPhi,
} from "./common/conductance";
import { checkReset, firingFromRest, membrane } from "./common/parameter";
import { decay, meanOfExponential, meanOfRise } from "./common/propagator";

/**
 * C dv/dt = −leak (v − rest) − gₑ (v − Eₑ) − gᵢ (v − Eᵢ) + current, held for `refractory` after a spike. Each arrival adds
 * weight · (s/τ) exp(1 − s/τ) to gₑ or gᵢ, s ms later: it is `weight` nS (never negative) at its largest, when s = τ.
 * Exponential Euler with each conductance at its mean over the step.
 */
export const lifCondAlpha: NeuronModel = {
  name: "lif-cond-alpha",
  about:
    "Leaky integrate-and-fire; each arriving spike opens a conductance that rises and falls (an alpha function).",
  source: "Rall 1967; as NEST's iaf_cond_alpha; membrane of Brette et al. 2007, benchmark 1 (COBA)",
  params: { ...leakyMembrane, ...reversals(0, -80), ...synapticTimes(2, 4) },
  state: {
    ...membrane,
    excitatory: { initial: 0, unit: "nS", about: "the excitatory synapses' conductance" },
    inhibitory: { initial: 0, unit: "nS", about: "the inhibitory synapses' conductance" },
    excitatoryRise: { initial: 0, unit: "nS/ms", about: "what drives the excitatory conductance up" },
    inhibitoryRise: { initial: 0, unit: "nS/ms", about: "what drives the inhibitory conductance up" },
  },
  ports: ["excitatory", "inhibitory"],
  derive: (p, dt) => {
    const perUnit = dt / p.capacitance!;
    return {
      ...firingFromRest(p, dt),
      ...reversalsFromRest(p),
      ...leakIn(p, dt),
      dt,
      jumpExcitatory: Math.E / p.tauExcitatory!,
      jumpInhibitory: Math.E / p.tauInhibitory!,
      decayExcitatory: decay(p.tauExcitatory!, dt),
      decayInhibitory: decay(p.tauInhibitory!, dt),
      byExcitatory: perUnit * meanOfExponential(p.tauExcitatory!, dt),
      byInhibitory: perUnit * meanOfExponential(p.tauInhibitory!, dt),
      byExcitatoryRise: perUnit * meanOfRise(p.tauExcitatory!, dt),
      byInhibitoryRise: perUnit * meanOfRise(p.tauInhibitory!, dt),
    };
  },
  check: checkReset,
  shader: withPhi("neuron/lif-cond-alpha"),
};

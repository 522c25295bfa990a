/** Leaky integrate-and-fire with alpha-function synaptic currents. */
import type { NeuronModel } from "../net/spiking/model";
import { checkReset, firing, firingFromRest, membrane, timeConstant, voltage } from "./common/parameter";
import { approach, decay, fromExponential, fromRise } from "./common/propagator";

/**
 * τ dv/dt = e + i − (v − rest) + current, held for `refractory` after a spike. Each arrival adds weight · (s/τₛ) exp(1 − s/τₛ)
 * to e or i, s ms later: it is `weight` mV at its largest, when s = τₛ. The currents are never held.
 */
export const lifAlpha: NeuronModel = {
  name: "lif-alpha",
  about:
    "Leaky integrate-and-fire; each arriving spike starts a current that rises and falls (an alpha function).",
  source: "Rall 1967; integrated as in Rotter & Diesmann 1999",
  params: {
    tau: timeConstant(20, "the membrane's time constant"),
    ...firing(-65, -50, -60, 2),
    tauExcitatory: timeConstant(2, "time from an arrival to the excitatory current's peak"),
    tauInhibitory: timeConstant(2, "time from an arrival to the inhibitory current's peak"),
    current: voltage(0, "constant input, as the voltage that it would hold the membrane at above rest"),
  },
  state: {
    ...membrane,
    excitatory: { initial: 0, unit: "mV", about: "the excitatory synapses' current" },
    inhibitory: { initial: 0, unit: "mV", about: "the inhibitory synapses' current" },
    excitatoryRise: { initial: 0, unit: "mV/ms", about: "what drives the excitatory current up" },
    inhibitoryRise: { initial: 0, unit: "mV/ms", about: "what drives the inhibitory current up" },
  },
  ports: ["excitatory", "inhibitory"],
  derive: (p, dt) => ({
    ...firingFromRest(p, dt),
    dt,
    approach: approach(p.tau!, dt),
    current: p.current!,
    jumpExcitatory: Math.E / p.tauExcitatory!,
    jumpInhibitory: Math.E / p.tauInhibitory!,
    decayExcitatory: decay(p.tauExcitatory!, dt),
    decayInhibitory: decay(p.tauInhibitory!, dt),
    byExcitatory: fromExponential(p.tau!, p.tauExcitatory!, dt),
    byInhibitory: fromExponential(p.tau!, p.tauInhibitory!, dt),
    byExcitatoryRise: fromRise(p.tau!, p.tauExcitatory!, dt),
    byInhibitoryRise: fromRise(p.tau!, p.tauInhibitory!, dt),
  }),
  check: checkReset,
  shader: "neuron/lif-alpha",
};

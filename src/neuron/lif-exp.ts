/** Leaky integrate-and-fire with exponentially decaying synaptic currents. */
import type { NeuronModel } from "../net/spiking/model";
import { checkReset, firing, firingFromRest, membrane, timeConstant, voltage } from "./common/parameter";
import { approach, decay, fromExponential } from "./common/propagator";

/**
 * τ dv/dt = e + i − (v − rest) + current, held for `refractory` after a spike; τₑ de/dt = −e and τᵢ di/dt = −i, never
 * held; e += weight or i += weight at an arrival (inhibitory weights are negative). Weights in mV. The defaults are
 * those of the CUBA benchmark (Brette et al. 2007, after Vogels & Abbott 2005).
 */
export const lifExp: NeuronModel = {
  name: "lif-exp",
  about: "Leaky integrate-and-fire; each arriving spike starts a current that decays exponentially.",
  source: "Vogels & Abbott 2005; Brette et al. 2007, benchmark 2 (CUBA)",
  params: {
    tau: timeConstant(20, "the membrane's time constant"),
    ...firing(-49, -50, -60, 5),
    tauExcitatory: timeConstant(5, "time constant of the excitatory current"),
    tauInhibitory: timeConstant(10, "time constant of the inhibitory current"),
    current: voltage(0, "constant input, as the voltage that it would hold the membrane at above rest"),
  },
  state: {
    ...membrane,
    excitatory: { initial: 0, unit: "mV", about: "the excitatory synapses' current" },
    inhibitory: { initial: 0, unit: "mV", about: "the inhibitory synapses' current" },
  },
  ports: ["excitatory", "inhibitory"],
  derive: (p, dt) => ({
    ...firingFromRest(p, dt),
    approach: approach(p.tau!, dt),
    current: p.current!,
    decayExcitatory: decay(p.tauExcitatory!, dt),
    decayInhibitory: decay(p.tauInhibitory!, dt),
    byExcitatory: fromExponential(p.tau!, p.tauExcitatory!, dt),
    byInhibitory: fromExponential(p.tau!, p.tauInhibitory!, dt),
  }),
  check: checkReset,
  shader: "neuron/lif-exp",
};

/** NEST's `iaf_psc_exp`: the neuron of Potjans & Diesmann's cortical microcircuit. */
import type { NeuronModel } from "../net/spiking/model";
import { checkReset, firing, firingFromRest, membrane, number, timeConstant } from "./common/parameter";
import { approach, decay, fromExponential } from "./common/propagator";

/**
 * C dv/dt = −(C/τ)(v − rest) + e + i + current, v held for `refractory` after a spike; the synaptic currents e and i jump
 * by the weight and decay exponentially, never held. Weights in pA. The defaults are Potjans & Diesmann's (2014).
 */
export const iafPscExp: NeuronModel = {
  name: "iaf-psc-exp",
  about: "Leaky integrate-and-fire with exponential currents in pA, as NEST's iaf_psc_exp.",
  source: "NEST, iaf_psc_exp; Rotter & Diesmann 1999; Potjans & Diesmann 2014",
  params: {
    tau: timeConstant(10, "the membrane's time constant"),
    capacitance: number(250, "pF", "the membrane's capacitance", 1e-3),
    ...firing(-65, -50, -65, 2),
    tauExcitatory: timeConstant(0.5, "time constant of the excitatory current"),
    tauInhibitory: timeConstant(0.5, "time constant of the inhibitory current"),
    current: number(0, "pA", "constant input"),
  },
  state: {
    ...membrane,
    excitatory: { initial: 0, unit: "pA", about: "the excitatory synapses' current" },
    inhibitory: { initial: 0, unit: "pA", about: "the inhibitory synapses' current" },
  },
  ports: ["excitatory", "inhibitory"],
  derive: (p, dt) => {
    const resistance = p.tau! / p.capacitance!; // GΩ: mV for each pA
    return {
      ...firingFromRest(p, dt),
      approach: approach(p.tau!, dt),
      current: resistance * p.current!,
      decayExcitatory: decay(p.tauExcitatory!, dt),
      decayInhibitory: decay(p.tauInhibitory!, dt),
      byExcitatory: resistance * fromExponential(p.tau!, p.tauExcitatory!, dt),
      byInhibitory: resistance * fromExponential(p.tau!, p.tauInhibitory!, dt),
    };
  },
  check: checkReset,
  shader: "neuron/lif-exp", // the same equations: the resistance is in what is derived
};

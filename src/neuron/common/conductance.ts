/** What neurons with conductance synapses share: parameters, and the scheme that their membranes are stepped with. */
import { shaderText } from "../../gpu/shader";
import type { Values } from "../../net/spiking/model";
import { firing, number, timeConstant, voltage } from "./parameter";
import { decay, meanOfExponential } from "./propagator";

/** Those of the COBA benchmark (Brette et al. 2007, benchmark 1, after Vogels & Abbott 2005), without its synapses. */
export const leakyMembrane = {
  capacitance: number(200, "pF", "the membrane's capacitance", 1e-3),
  leak: number(10, "nS", "the leak's conductance", 1e-6),
  ...firing(-60, -50, -60, 5),
  current: number(0, "pA", "constant input"),
};

export const reversals = (excitatory: number, inhibitory: number) => ({
  reversalExcitatory: voltage(excitatory, "where excitatory conductances pull the membrane"),
  reversalInhibitory: voltage(inhibitory, "where inhibitory conductances pull the membrane"),
});

export const synapticTimes = (excitatory: number, inhibitory: number) => ({
  tauExcitatory: timeConstant(excitatory, "time constant of the excitatory conductance"),
  tauInhibitory: timeConstant(inhibitory, "time constant of the inhibitory conductance"),
});

/** Reversal potentials from rest. */
export const reversalsFromRest = ({ rest, reversalExcitatory, reversalInhibitory }: Values) => ({
  reversalExcitatory: reversalExcitatory! - rest!,
  reversalInhibitory: reversalInhibitory! - rest!,
});

/** The leak and the constant current over one step, as shares of the membrane's charge. */
export const leakIn = ({ capacitance, leak, current }: Values, dt: number) => ({
  leak: (dt * leak!) / capacitance!,
  drive: (dt * current!) / capacitance!,
});

/**
 * Exponential conductances over one step: how they decay, and what one unit of them amounts to in it, from its mean over the
 * step. With conductances constant at their means the membrane equation is linear, and `phi` solves it; the error falls as
 * dt², and there is none while the reversal potentials alone act.
 * @param perUnit dt times the pull of one unit of conductance on the membrane, in 1/ms
 */
export const exponentialConductances = (p: Values, dt: number, perUnit: number) => ({
  decayExcitatory: decay(p.tauExcitatory!, dt),
  decayInhibitory: decay(p.tauInhibitory!, dt),
  byExcitatory: perUnit * meanOfExponential(p.tauExcitatory!, dt),
  byInhibitory: perUnit * meanOfExponential(p.tauInhibitory!, dt),
});

/** A neuron's shader together with `phi`, which stands last so that errors keep the shader's own lines. */
export const withPhi = (name: string) => ({
  name,
  text: `${shaderText(name)}\n${shaderText("neuron/common/phi")}`,
});

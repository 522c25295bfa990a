/** The adaptive exponential integrate-and-fire neuron. */
import type { NeuronModel } from "../net/spiking/model";
import {
  exponentialConductances,
  leakIn,
  reversals,
  reversalsFromRest,
  synapticTimes,
  withPhi,
} from "./common/conductance";
import { duration, membrane, number, timeConstant, voltage } from "./common/parameter";
import { approach } from "./common/propagator";

/**
 * C dv/dt = −leak (v − rest) + leak Δ exp((v − soft) / Δ) − gₑ (v − Eₑ) − gᵢ (v − Eᵢ) − w + current, τ_w dw/dt = a (v − rest) − w;
 * v ≥ peak: spike, v = reset, w += b. A conductance jumps by the weight (in nS, never negative) and decays exponentially.
 * While v is held after a spike (`refractory`, by default not at all), w and the conductances go on.
 *
 * A step is half a step of w, exact for the v that it starts from; one of v, exponential Rosenbrock-Euler with each
 * conductance at its mean over the step; and half a step of w with the v that came out. Its error falls as dt².
 */
export const adex: NeuronModel = {
  name: "adex",
  about: "Integrate-and-fire with an exponential upswing and an adaptation current.",
  source: "Brette & Gerstner 2005; synapses as in Brette et al. 2007",
  params: {
    capacitance: number(281, "pF", "the membrane's capacitance", 1e-3),
    leak: number(30, "nS", "the leak's conductance", 1e-6),
    rest: voltage(-70.6, "where the leak pulls the membrane"),
    soft: voltage(-50.4, "voltage at which the upswing sets in, V_T"),
    sharpness: number(2, "mV", "how far the upswing takes to grow by e, Δ_T", 1e-3),
    peak: voltage(20, "voltage at which the upswing is cut off as a spike"),
    reset: voltage(-70.6, "voltage after a spike"),
    refractory: duration(0, "how long the membrane is held after a spike, in whole steps of dt"),
    tauAdaptation: timeConstant(144, "time constant of the adaptation current"),
    a: number(4, "nS", "what the adaptation current follows of the voltage"),
    b: number(80.5, "pA", "what a spike adds to the adaptation current"),
    current: number(0, "pA", "constant input"),
    ...reversals(0, -80),
    ...synapticTimes(5, 10),
  },
  state: {
    ...membrane,
    w: { initial: 0, unit: "pA", about: "the adaptation current" },
    excitatory: { initial: 0, unit: "nS", about: "the excitatory synapses' conductance" },
    inhibitory: { initial: 0, unit: "nS", about: "the inhibitory synapses' conductance" },
  },
  ports: ["excitatory", "inhibitory"],
  derive: (p, dt) => ({
    ...reversalsFromRest(p),
    ...leakIn(p, dt),
    ...exponentialConductances(p, dt, dt / p.capacitance!),
    perCurrent: dt / p.capacitance!,
    soft: p.soft! - p.rest!,
    sharpness: p.sharpness!,
    peak: p.peak! - p.rest!,
    reset: p.reset! - p.rest!,
    refractory: Math.round(p.refractory! / dt),
    halfFollow: approach(p.tauAdaptation!, dt / 2),
    a: p.a!,
    b: p.b!,
  }),
  check: ({ reset, peak }) =>
    reset! < peak!
      ? undefined
      : `The reset must lie below the peak, but it is ${reset} mV and the peak ${peak} mV; lower the reset.`,
  shader: withPhi("neuron/adex"),
};

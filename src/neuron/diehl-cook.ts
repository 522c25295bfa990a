/** The neurons of Diehl & Cook's network that learns handwritten digits without labels. */
import type { NeuronModel, Values } from "../net/spiking/model";
import {
  exponentialConductances,
  reversals,
  reversalsFromRest,
  synapticTimes,
  withPhi,
} from "./common/conductance";
import {
  duration,
  firing,
  firingFromRest,
  membrane,
  number,
  timeConstant,
  voltage,
} from "./common/parameter";

/** Enough steps to a decay of θ that f32 can tell what it takes off, where the time constant is as long as theirs. */
const stepsPerDecay = (tauTheta: number, dt: number) => Math.max(1, Math.round((1e-4 * tauTheta) / dt));

/**
 * τ dv/dt = rest − v + gₑ (Eₑ − v) + gᵢ (Eᵢ − v), conductances relative to the leak; one jumps by the weight (never negative) and
 * decays exponentially. It fires where v ≥ threshold + θ, unless it has fired within `bar`: then v = reset, held for
 * `refractory`, and θ += thetaPlus. θ decays with tauTheta; conductances and θ are never held.
 *
 * Exponential Euler with each conductance at its mean over the step. θ decays every 10⁻⁴ tauTheta, by all that is due: in a
 * single step the 10⁷ ms of the paper take off less than f32 can tell. The defaults are the excitatory neurons'.
 */
export const diehlCook: NeuronModel = {
  name: "diehl-cook",
  about:
    "Leaky integrate-and-fire with conductances, a threshold that grows with each spike, and a bar on spikes close by.",
  source: "Diehl & Cook 2015; the bar is in their program",
  params: {
    tau: timeConstant(100, "the membrane's time constant"),
    ...firing(-65, -72, -65, 5),
    bar: duration(50, "how long it can't fire after a spike, in whole steps of dt"),
    ...reversals(0, -100),
    ...synapticTimes(1, 2),
    thetaStart: voltage(20, "what the threshold is raised by at first"),
    thetaPlus: number(0.05, "mV", "what each spike adds to the threshold", 0),
    tauTheta: timeConstant(1e7, "time constant with which the threshold comes down"),
  },
  state: {
    ...membrane,
    barred: { initial: 0, unit: "steps", about: "steps in which it still can't fire" },
    excitatory: { initial: 0, unit: "leaks", about: "the excitatory synapses' conductance" },
    inhibitory: { initial: 0, unit: "leaks", about: "the inhibitory synapses' conductance" },
    theta: { initial: "thetaStart", unit: "mV", about: "what the threshold is raised by" },
  },
  ports: ["excitatory", "inhibitory"],
  derive: (p, dt) => {
    const every = stepsPerDecay(p.tauTheta!, dt);
    return {
      ...firingFromRest(p, dt),
      ...reversalsFromRest(p),
      ...exponentialConductances(p, dt, dt / p.tau!),
      leak: dt / p.tau!,
      bar: Math.round(p.bar! / dt),
      thetaPlus: p.thetaPlus!,
      every,
      forget: -Math.expm1((-every * dt) / p.tauTheta!),
    };
  },
  check: ({ reset, threshold, thetaStart }) =>
    reset! < threshold! + thetaStart!
      ? undefined
      : `The reset must lie below threshold + thetaStart, but it is ${reset} mV and they are ${threshold! + thetaStart!} mV; lower the reset.`,
  shader: withPhi("neuron/diehl-cook"),
};

/** The inhibitory population's parameters: faster, with no adaptation and no bar beyond the time that it is held. */
export const diehlCookInhibitory: Values = {
  tau: 10,
  rest: -60,
  threshold: -40,
  reset: -45,
  refractory: 2,
  bar: 2,
  reversalInhibitory: -85,
  thetaStart: 0,
  thetaPlus: 0,
};

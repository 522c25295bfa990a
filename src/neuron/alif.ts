/** Leaky integrate-and-fire with an adaptive threshold: the neuron of LSNNs. */
import type { NeuronModel } from "../net/spiking/model";
import { duration, number, timeConstant } from "./common/parameter";
import { approach } from "./common/propagator";

/**
 * v ← α v + arrivals + (1 − α) current − z · threshold, a ← ρ a + z, where z is 1 if it fired in the step before, α =
 * exp(−dt/tau), ρ = exp(−dt/tauAdaptation); it fires where v ≥ threshold + beta · a, but not within `refractory` of its
 * last spike, during which v and a go on. An arrival's weight is what v has of it at the end of the step: Bellec et al.
 * write it so, and their discrete time is this one. beta = 0 is their LIF neuron. The membrane has no unit.
 */
export const alif: NeuronModel = {
  name: "alif",
  about: "Leaky integrate-and-fire whose threshold rises with each spike and falls slowly back.",
  source: "Bellec et al. 2020 (e-prop); Bellec et al. 2018 (LSNN)",
  params: {
    tau: timeConstant(20, "the membrane's time constant"),
    threshold: number(0.6, "", "threshold without adaptation, and what a spike takes off the membrane", 1e-6),
    beta: number(0.0174, "", "what each spike adds to the threshold", 0),
    tauAdaptation: timeConstant(2000, "time constant of the adaptation"),
    refractory: duration(5, "how long it can't fire after a spike, in whole steps of dt"),
    current: number(0, "", "constant input, as the value that it would hold the membrane at"),
  },
  state: {
    v: { initial: 0, unit: "", about: "the membrane" },
    adaptation: { initial: 0, unit: "spikes", about: "recent spikes, by which the threshold is raised" },
    fired: { initial: 0, unit: "", about: "1 if it fired in the step before" },
    hold: { initial: 0, unit: "steps", about: "steps in which it still can't fire" },
  },
  ports: ["input"],
  derive: (p, dt) => ({
    approach: approach(p.tau!, dt),
    current: p.current!,
    threshold: p.threshold!,
    beta: p.beta!,
    forget: approach(p.tauAdaptation!, dt),
    refractory: Math.round(p.refractory! / dt),
  }),
  shader: "neuron/alif",
};

/** STDP by triplets of spikes, which knows frequency as pairs don't. */
import type { PlasticityModel, SpikeTrace, Values } from "../net/spiking/model";
import { timeConstant, weightChange } from "./common/parameter";

/**
 * r₁ and r₂ are traces of the pre neuron (τ₊, τ_x), o₁ and o₂ of the post neuron (τ₋, τ_y). An arriving spike takes
 * o₁ (A₂₋ + A₃₋ r₂), a firing post neuron adds r₁ (A₂₊ + A₃₊ o₂); r₂ and o₂ are as they were before the spike at hand. All
 * spikes count. The defaults are fitted to visual cortex (their table 4); amplitudes in units of the weight's range.
 */
export const tripletStdp: PlasticityModel = triplet(
  "triplet-stdp",
  "add",
  "All triplets of spikes count, whatever the weight.",
  [5e-10, 6.2e-3, 7e-3, 2.3e-4, 101, 125],
);

/** The same with the nearest spikes alone: all four traces are set to 1. Defaults fitted so to visual cortex. */
export const nearestTripletStdp: PlasticityModel = triplet(
  "nearest-triplet-stdp",
  "set",
  "The nearest triplets of spikes count, whatever the weight.",
  [8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3, 714, 40],
);

/** Their fits of the full model with all pairs and triplets, for `params`. */
export const tripletFits = {
  visualCortex: amplitudes(5e-10, 6.2e-3, 7e-3, 2.3e-4, 101, 125),
  hippocampus: amplitudes(6.1e-3, 6.7e-3, 1.6e-3, 1.4e-3, 946, 27),
} as const;

function amplitudes(
  pairPotentiation: number,
  tripletPotentiation: number,
  pairDepression: number,
  tripletDepression: number,
  tauX: number,
  tauY: number,
): Values {
  return { pairPotentiation, tripletPotentiation, pairDepression, tripletDepression, tauX, tauY };
}

function triplet(
  name: string,
  jump: SpikeTrace["jump"],
  about: string,
  fitted: Parameters<typeof amplitudes>,
): PlasticityModel {
  const [pairPotentiation, tripletPotentiation, pairDepression, tripletDepression, tauX, tauY] = fitted;
  const trace = (tau: string): SpikeTrace => ({ tau, jump });
  return {
    name,
    about,
    source: "Pfister & Gerstner 2006, eqs 3 and 4",
    params: {
      pairPotentiation: weightChange(pairPotentiation, "A₂₊, gained a spike of the post neuron"),
      tripletPotentiation: weightChange(tripletPotentiation, "A₃₊, gained besides where it had fired before"),
      pairDepression: weightChange(pairDepression, "A₂₋, lost a spike of the pre neuron"),
      tripletDepression: weightChange(tripletDepression, "A₃₋, lost besides where it had fired before"),
      tauPlus: timeConstant(16.8, "τ₊, time constant of the pre neuron's fast trace"),
      tauMinus: timeConstant(33.7, "τ₋, time constant of the post neuron's fast trace"),
      tauX: timeConstant(tauX, "τ_x, time constant of the pre neuron's slow trace"),
      tauY: timeConstant(tauY, "τ_y, time constant of the post neuron's slow trace"),
    },
    traces: {
      pre: { r1: trace("tauPlus"), r2: trace("tauX") },
      post: { o1: trace("tauMinus"), o2: trace("tauY") },
    },
    events: ["arrive", "fire"],
    derive: (p) => ({
      pairPotentiation: p.pairPotentiation!,
      tripletPotentiation: p.tripletPotentiation!,
      pairDepression: p.pairDepression!,
      tripletDepression: p.tripletDepression!,
    }),
    shader: "plasticity/triplet-stdp",
  };
}

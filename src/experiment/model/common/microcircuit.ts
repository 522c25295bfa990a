/**
 * The microcircuit's numbers (Potjans & Diesmann 2014, tables 4 and 5; the rates are those of a full-scale run in NEST),
 * and how they change when the network is made smaller.
 */

/** Excitatory and inhibitory neurons of four layers, by turns. */
export const populations = ["L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"] as const;

export const full = {
  sizes: [20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948],
  /** Probability that a pair is connected by a synapse at least; a row a target, a column a source. */
  probabilities: [
    [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0, 0.0076, 0],
    [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0, 0.0042, 0],
    [0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0],
    [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0, 0.1057, 0],
    [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0],
    [0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0],
    [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
    [0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443],
  ],
  /** Height of an excitatory postsynaptic potential, mV; an inhibitory one is so many times as high. */
  psp: 0.15,
  inhibition: -4,
  /** Mean delays, ms. */
  delays: { excitatory: 1.5, inhibitory: 0.75 },
  /** Spikes from outside: trains for each neuron, and the rate of each, spikes/s. */
  external: [1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100],
  externalRate: 8,
  /** Where membranes start, mV: near where they settle, so that little of a run is a transient. */
  voltage: {
    means: [-68.28, -63.16, -63.33, -63.45, -63.11, -61.66, -66.72, -61.43],
    deviations: [5.36, 4.57, 4.74, 4.94, 4.94, 4.55, 5.46, 4.48],
  },
  /** Mean rates at full scale, spikes/s. */
  rates: [0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829],
  neuron: { capacitance: 250, tau: 10, tauSynapse: 0.5 },
} as const;

/** How many synapses, drawn with repeats, connect a pair with the table's probability: ln(1 − p) / ln(1 − 1/(N_pre N_post)). */
export function synapsesOf(target: number, source: number): number {
  const pairs = full.sizes[source]! * full.sizes[target]!;
  return Math.log1p(-full.probabilities[target]![source]!) / Math.log1p(-1 / pairs);
}

/**
 * pA for each mV: the jump of an exponential current whose potential peaks at 1 mV. From v(t) = (τ τₛ / C (τ − τₛ))
 * (e^{−t/τ} − e^{−t/τₛ}) at its peak t = ln(τ/τₛ) τ τₛ / (τ − τₛ).
 */
export function currentPerVolt({ capacitance, tau, tauSynapse } = full.neuron): number {
  const peak = (Math.log(tau / tauSynapse) * tau * tauSynapse) / (tau - tauSynapse);
  const height = Math.exp(-peak / tau) - Math.exp(-peak / tauSynapse);
  return (capacitance * (tau - tauSynapse)) / (tau * tauSynapse * height);
}

export interface Compensated {
  /** An excitatory weight, pA. */
  readonly psc: number;
  /** Trains from outside for each neuron, by population. */
  readonly external: readonly number[];
  /** Constant input by population, pA. */
  readonly currents: readonly number[];
}

/**
 * A smaller network whose neurons' input has the mean and the variance of the full one's: with X times the in-degrees K,
 * weights w are divided by √X, which keeps the variance K w² ν; a constant current makes up for the mean,
 *
 *   I = τₛ (1 − √X) Σ K w ν,
 *
 * over recurrent sources at their full-scale rates ν and, where it is random, the input from outside (van Albada, Helias &
 * Diesmann 2015; the reference implementation's adjust_weights_and_input_to_synapse_scaling). Where it is constant, all of
 * τₛ K w ν of it is a current.
 */
export function compensated(scale: number, poisson: boolean): Compensated {
  const psc = full.psp * currentPerVolt();
  const root = Math.sqrt(scale);
  /** ms · pA · spikes/s, in pA. */
  const mean = (inputs: number) => 0.001 * full.neuron.tauSynapse * inputs;
  const currents = populations.map((_, target) => {
    const recurrent = populations.reduce((sum, _, source) => {
      const doubled = target === 0 && source === 2 ? 2 : 1;
      const weight = psc * (source % 2 === 0 ? doubled : full.inhibition);
      return sum + (synapsesOf(target, source) / full.sizes[target]!) * weight * full.rates[source]!;
    }, 0);
    const outside = full.external[target]! * psc * full.externalRate;
    return mean((1 - root) * recurrent + (poisson ? 1 - root : 1) * outside);
  });
  return { psc: psc / root, external: full.external.map((count) => Math.round(count * scale)), currents };
}

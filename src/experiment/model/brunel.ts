/** Brunel's network: excitatory and inhibitory neurons, sparsely and randomly connected, in the four states of his figure 8. */
import type { SpikingNetwork } from "../../net/spiking/model";
import { lif } from "../../neuron/lif";
import { recorded, settled } from "./common/measure";
import type { ModelOptions } from "./common/model";
import { networkModel } from "./common/network-model";
import { strongestRhythm, synchrony } from "./common/synchrony";

const sizes = { excitatory: 10_000, inhibitory: 2500 };
/** Synapses onto a neuron: a tenth of each population at scale 1. */
const inDegrees = { excitatory: 1000, inhibitory: 250 };
const transientMs = 200;
/** Of the counts that tell of synchrony, ms. */
const binMs = 1;

/** mV and ms. */
const neuron = { weight: 0.1, tau: 20, threshold: 20, delay: 1.5 };

/** g, how much stronger inhibition is than excitation, and the input from outside against what would just make a neuron fire. */
const regimes = {
  "synchronous-regular": { g: 3, input: 2 },
  "synchronous-irregular-fast": { g: 6, input: 4 },
  "asynchronous-irregular": { g: 5, input: 2 },
  "synchronous-irregular-slow": { g: 4.5, input: 0.9 },
};
type Regime = keyof typeof regimes;

/** What figure 8 shows of each. */
const looks: Readonly<Record<Regime, string>> = {
  "synchronous-regular": "neurons fire regularly (CV far below 1), nearly all together",
  "synchronous-irregular-fast": "neurons fire irregularly, the population in a fast rhythm near 180 Hz",
  "asynchronous-irregular": "neurons fire irregularly, the population steadily",
  "synchronous-irregular-slow":
    "neurons fire rarely and irregularly, the population in a slow rhythm near 22 Hz",
};

/** The rate of each of as many trains as there are excitatory synapses that brings a neuron to its threshold, spikes/s. */
const thresholdRate = (1000 * neuron.threshold) / (neuron.weight * inDegrees.excitatory * neuron.tau);

function network({ scale, seed, settings }: ModelOptions): SpikingNetwork {
  const { weight, delay } = neuron;
  const { g, input } = regimes[settings.regime as Regime];
  const outside = { port: "input", count: inDegrees.excitatory, rate: input * thresholdRate, weight };
  const names = ["excitatory", "inhibitory"] as const;
  return {
    dt: 0.1,
    seed,
    populations: names.map((name) => ({
      name,
      model: lif, // its defaults are Brunel's
      size: Math.round(sizes[name] * scale),
      initial: { v: { uniform: [0, neuron.threshold] as const } },
      background: [outside],
    })),
    projections: names.flatMap((pre) =>
      names.map((post) => ({
        pre,
        post,
        port: "input",
        connect: { kind: "fixed-in-degree" as const, count: inDegrees[pre] },
        weight: pre === "excitatory" ? weight : -g * weight,
        delay,
      })),
    ),
  };
}

export const model = networkModel({
  name: "brunel",
  about: "Brunel's network in its four states: 12,500 neurons, 1,250 synapses each",
  source: "Brunel 2000, figure 8",
  shows: "Which of four states a network is in depends on the strength of inhibition and of the input alone.",
  seconds: 0.6,
  scale: { default: 1, min: 0.11, max: 100 },
  settings: {
    regime: {
      default: "asynchronous-irregular",
      choices: Object.keys(regimes),
      about: "which state",
    },
  },
  transientMs,
  spikesPerNeuron: 60,
  network,
  measure(simulation, _, { settings }) {
    const [excitatory] = simulation.network.populations;
    const spikes = settled(recorded(simulation, excitatory!.name), transientMs);
    const together = synchrony(spikes, binMs);
    const rhythm = strongestRhythm(spikes, binMs);
    const expected = looks[settings.regime as Regime];
    return {
      json: { expected, synchrony: together, rhythm },
      lines: [
        `The population's spikes in bins of ${binMs} ms vary by ${(100 * together.fluctuation).toFixed(0)} % of their mean, where independent neurons' would by ${(100 * together.independent).toFixed(0)} %. The strongest rhythm is at ${rhythm.hertz.toFixed(0)} Hz and has ${(100 * rhythm.share).toFixed(0)} % of their variance within 5 Hz.`,
        `Expected (Brunel 2000, figure 8): ${expected}.`,
      ],
    };
  },
});

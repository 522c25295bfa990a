/** The networks of the menu: which models, at which sizes, and what can be turned while they run. */
import { full } from "../../src/experiment/model/common/microcircuit";
import { type Model, type ModelOptions, modelOptions, models } from "../../src/experiment/models";
import type { PopulationSpec, SpikingNetwork } from "../../src/net/spiking/model";
import { inhibition, learning, middleOf, outside, parameter, type Slider, weights } from "./sliders";

/** Rates that others have measured, spikes/s. */
export interface Reference {
  readonly source: string;
  /** Of each population, or one for all neurons. */
  readonly rates: readonly number[];
}

/** Extra spikes that come from outside for a moment. */
export interface Pulse {
  /** The population that hears them first of all. */
  readonly into: string;
  /** To each neuron, spikes/s. */
  readonly rate: number;
  readonly max: number;
  readonly step: number;
}

export interface Choice {
  readonly key: string;
  readonly title: string;
  /** What to look for, in a sentence or two. */
  readonly about: string;
  /** What must be said of it below its own size, scale 1. */
  readonly small?: string;
  readonly model: Model;
  readonly network: (
    scale: number,
    seed: number,
    settings?: Readonly<Record<string, string>>,
  ) => SpikingNetwork;
  readonly scales: readonly number[];
  /** On a software adapter, and on a GPU. */
  readonly usual: { readonly software: number; readonly gpu: number };
  /** ms across. */
  readonly span: number;
  readonly sliders: readonly Slider[];
  readonly pulse: Pulse;
  /** Neurons whose membranes are followed at first: a population each. */
  readonly followed: readonly string[];
  /** Whether parameters of its neurons change while it runs. */
  readonly live: boolean;
  /** Of weights. */
  readonly unit: "mV" | "pA";
  readonly reference?: Reference;
}

type Network = (options: ModelOptions) => SpikingNetwork;
type Entry = Omit<Choice, "model" | "network" | "live" | "followed" | "unit"> & {
  readonly unit?: Choice["unit"];
  readonly of: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly followed?: readonly string[];
};

const cubaSliders = [
  parameter({ key: "current", name: "Constant input", unit: "mV", min: -10, max: 20, step: 0.5 }),
  parameter({ key: "threshold", name: "Threshold", unit: "mV", min: -54, max: -44, step: 0.25 }),
  parameter({ key: "refractory", name: "Rest after a spike", unit: "ms", min: 1, max: 20, step: 0.5 }),
  inhibition,
  weights,
];
const brunelSliders = [outside(60, 0.5), inhibition, weights];
const brunelPulse = { into: "excitatory", rate: 6000, max: 20_000, step: 250 };

const denser =
  "This one is smaller than Brunel’s 12,500 neurons at as many synapses each, so neurons share more of their input and are more in step than his.";

/** Brunel's figure 8, A to D. */
const regimes = [
  {
    regime: "asynchronous-irregular",
    about:
      "Inhibition wins, and input is steady: each neuron fires by chance, and the population’s activity hardly moves.",
  },
  {
    regime: "synchronous-regular",
    about: "Excitation wins: neurons fire like clocks, nearly all together.",
  },
  {
    regime: "synchronous-irregular-fast",
    about:
      "Strong inhibition and strong input: a fast rhythm of the population, near 180 Hz in Brunel’s figure, though each neuron seldom joins in.",
  },
  {
    regime: "synchronous-irregular-slow",
    about:
      "Input just below threshold: the population stirs in a slow rhythm, near 22 Hz in Brunel’s figure, and each neuron fires rarely.",
  },
];

const entries: readonly Entry[] = [
  {
    of: "cuba-4k",
    key: "cuba-4k",
    title: "CUBA: irregular by itself",
    about:
      "Nothing comes from outside. Excitation and inhibition keep each other going, and no two neurons agree.",
    scales: [0.25, 0.5, 1, 5, 25],
    usual: { software: 0.5, gpu: 5 },
    span: 1000,
    sliders: cubaSliders,
    pulse: { into: "excitatory", rate: 1000, max: 4000, step: 50 },
    reference: { source: "Brian2, 4,000 neurons", rates: [5.7] },
  },
  {
    of: "cuba-20k",
    key: "cuba-20k",
    title: "CUBA with weak synapses",
    about:
      "The same with a thousand weak synapses to a neuron: rarer spikes, each of which is carried to many.",
    scales: [0.1, 0.25, 1, 5],
    usual: { software: 0.1, gpu: 1 },
    span: 1000,
    sliders: cubaSliders,
    pulse: { into: "excitatory", rate: 10_000, max: 40_000, step: 500 },
    reference: { source: "Brian2, 20,000 neurons", rates: [2.1] },
  },
  ...regimes.map(
    ({ regime, about }): Entry => ({
      of: "brunel",
      key: `brunel-${regime}`,
      title: `Brunel: ${regime.replace(/-(\w+)$/, (_, word: string) => (/fast|slow/.test(word) ? `, ${word}` : ` ${word}`)).replace("-", " ")}`,
      about,
      small: denser,
      settings: { regime },
      scales: [0.12, 0.4, 1, 4, 8],
      usual: { software: 0.12, gpu: 1 },
      span: 300,
      sliders: brunelSliders,
      pulse: brunelPulse,
    }),
  ),
  {
    of: "brunel-stdp",
    key: "brunel-stdp",
    title: "Brunel with STDP",
    about:
      "Synapses between excitatory neurons learn from the order of spikes, and their weights drift apart: every spike changes hundreds of them or more.",
    scales: [0.1, 0.25, 1],
    usual: { software: 0.1, gpu: 1 },
    span: 300,
    sliders: [learning, ...brunelSliders],
    pulse: brunelPulse,
    reference: { source: "Brian2, 10,000 neurons", rates: [34] },
  },
  {
    of: "microcircuit",
    key: "microcircuit",
    title: "A column of cortex",
    about:
      "Four layers, each with excitatory and inhibitory neurons, wired as anatomists found them. Layers fire at rates of their own.",
    small:
      "This one is smaller than the 77,169 neurons of the full column; constant input makes up for the missing synapses, not quite at the smallest sizes.",
    scales: [0.02, 0.05, 0.1, 0.25, 0.5, 1],
    usual: { software: 0.05, gpu: 0.1 },
    span: 1000,
    sliders: [outside(20, 0.25), inhibition, weights],
    pulse: { into: "L4E", rate: 2000, max: 20_000, step: 250 },
    followed: ["L23E", "L4E", "L5I"],
    unit: "pA",
    reference: { source: "NEST, the full column", rates: full.rates },
  },
];

export const choices: readonly Choice[] = entries.flatMap(({ of, settings: own = {}, ...entry }) => {
  const model = models.find(({ name }) => name === of) as (Model & { network: Network }) | undefined;
  if (!model) return [];
  const network: Choice["network"] = (scale, seed, settings = {}) =>
    withStimulus(model.network(modelOptions(model, { scale, seed, settings: { ...own, ...settings } })));
  const { followed = ["excitatory", "excitatory", "inhibitory"], unit = "mV" } = entry;
  return [{ ...entry, followed, unit, model, network, live: entry.sliders === cubaSliders }];
});

/** A last background for each population, silent so far: by it a stimulus comes. It weighs as much as an exciting synapse. */
function withStimulus(network: SpikingNetwork): SpikingNetwork {
  const weight = network.projections.map(middleOf).find((one) => one > 0) ?? 1;
  const populations = network.populations.map(
    (one): PopulationSpec => ({
      ...one,
      background: [...(one.background ?? []), { port: one.model.ports[0]!, count: 1, rate: 0, weight }],
    }),
  );
  return { ...network, populations };
}

export const neuronsOf = ({ populations }: SpikingNetwork): number =>
  populations.reduce((sum, { size }) => sum + size, 0);

/** Whether a population's spikes excite those they reach; one that reaches none counts as exciting. */
export function excites({ projections }: SpikingNetwork, population: string): boolean {
  const first = projections.find(({ pre }) => pre === population);
  return first === undefined || middleOf(first) >= 0;
}

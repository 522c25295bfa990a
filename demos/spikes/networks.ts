/** The networks of the menu: which models, at which sizes, and what can be turned while they run. */
import { type Model, type ModelOptions, modelOptions, models } from "../../src/experiment/models";
import type { Simulation } from "../../src/experiment/simulation";
import type { SpikingNetwork } from "../../src/net/spiking/model";

/** Something that acts while the network runs. */
export interface Slider {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Where the network has it by itself. */
  readonly start: (network: SpikingNetwork) => number;
  readonly set: (simulation: Simulation, value: number) => void;
}

export interface Choice {
  readonly key: string;
  readonly title: string;
  /** What to look for, in a sentence or two. */
  readonly about: string;
  /** What must be said of it below its own size, scale 1. */
  readonly small?: string;
  readonly model: Model;
  readonly network: (scale: number, seed: number) => SpikingNetwork;
  readonly scales: readonly number[];
  /** On a software adapter, and on a GPU. */
  readonly usual: { readonly software: number; readonly gpu: number };
  /** ms across. */
  readonly span: number;
  readonly sliders: readonly Slider[];
  /** Whether parameters change while it runs. */
  readonly live: boolean;
}

function everywhere({ network }: Simulation, set: (population: string) => void): void {
  for (const { name } of network.populations) set(name);
}

/** A parameter of all neurons. */
function parameter(key: string, slider: Pick<Slider, "name" | "unit" | "min" | "max" | "step">): Slider {
  return {
    ...slider,
    start: ({ populations: [first] }) => {
      const given = first!.params?.[key];
      return typeof given === "number" ? given : first!.model.params[key]!.default;
    },
    set: (simulation, value) => everywhere(simulation, (name) => simulation.set(name, { [key]: value })),
  };
}

/** The rate of every train from outside. */
function outside(max: number, step: number): Slider {
  return {
    name: "Input from outside, each train",
    unit: "spikes/s",
    min: 0,
    max,
    step,
    start: ({ populations }) => populations[0]!.background![0]!.rate,
    set: (simulation, rate) => everywhere(simulation, (name) => simulation.setBackground(name, 0, { rate })),
  };
}

type Network = (options: ModelOptions) => SpikingNetwork;
type Entry = Omit<Choice, "model" | "network" | "live"> & {
  readonly of: string;
  readonly settings?: Readonly<Record<string, string>>;
};

const cubaSliders = [
  parameter("current", { name: "Constant input", unit: "mV", min: -10, max: 20, step: 0.5 }),
  parameter("threshold", { name: "Threshold", unit: "mV", min: -54, max: -44, step: 0.25 }),
  parameter("refractory", { name: "Rest after a spike", unit: "ms", min: 1, max: 20, step: 0.5 }),
];

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
      "Strong inhibition and strong input: a fast rhythm of the population, though each neuron seldom joins in.",
  },
  {
    regime: "synchronous-irregular-slow",
    about: "Input just below threshold: the population stirs in a slow rhythm, and each neuron fires rarely.",
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
  },
  ...regimes.map(
    ({ regime, about }): Entry => ({
      of: "brunel",
      key: regime,
      title: `Brunel: ${regime.replace(/-(\w+)$/, (_, word: string) => (/fast|slow/.test(word) ? `, ${word}` : ` ${word}`)).replace("-", " ")}`,
      about,
      small: denser,
      settings: { regime },
      scales: [0.12, 0.4, 1, 4, 8],
      usual: { software: 0.12, gpu: 1 },
      span: 300,
      sliders: [outside(60, 0.5)],
    }),
  ),
  {
    of: "brunel-stdp",
    key: "brunel-stdp",
    title: "Brunel with STDP",
    about:
      "Synapses between excitatory neurons learn from the order of spikes: every spike changes hundreds of weights or more.",
    scales: [0.1, 0.25, 1],
    usual: { software: 0.1, gpu: 1 },
    span: 300,
    sliders: [outside(60, 0.5)],
  },
  {
    of: "microcircuit",
    key: "microcircuit",
    title: "A column of cortex",
    about:
      "Four layers, each with excitatory and inhibitory neurons, wired as anatomists found them. Layers fire at rates of their own.",
    small:
      "This one is smaller than the 77,169 neurons of the full column; constant input makes up for the missing synapses, not quite at the smallest sizes.",
    scales: [0.05, 0.1, 0.25, 0.5, 1],
    usual: { software: 0.05, gpu: 0.1 },
    span: 1000,
    sliders: [outside(20, 0.25)],
  },
];

export const choices: readonly Choice[] = entries.flatMap(({ of, settings = {}, ...entry }) => {
  const model = models.find(({ name }) => name === of) as (Model & { network: Network }) | undefined;
  if (!model) return [];
  const network = (scale: number, seed: number) =>
    model.network(modelOptions(model, { scale, seed, settings }));
  return [{ ...entry, model, network, live: entry.sliders === cubaSliders }];
});

export const neuronsOf = ({ populations }: SpikingNetwork): number =>
  populations.reduce((sum, { size }) => sum + size, 0);

/** Whether a population's spikes excite those they reach; one that reaches none counts as exciting. */
export function excites({ projections }: SpikingNetwork, population: string): boolean {
  const weight = projections.find(({ pre }) => pre === population)?.weight ?? 0;
  if (typeof weight === "number") return weight >= 0;
  if ("normal" in weight) return weight.normal[0] >= 0;
  return !("uniform" in weight) || weight.uniform[0] >= 0;
}

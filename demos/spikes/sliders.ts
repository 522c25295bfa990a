/** What can be turned while a network runs, with no synapse drawn anew. */
import type { Simulation } from "../../src/experiment/simulation";
import type { ProjectionSpec, SpikingNetwork } from "../../src/net/spiking/model";
import { nameOf } from "../../src/net/spiking/spec";

/** Where all sliders of a network stand, by key. */
export type Values = Readonly<Record<string, number>>;

export interface Slider {
  /** In the address. */
  readonly key: string;
  readonly name: string;
  /** × where a value is a factor. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Where the network has it by itself; undefined where it has no such thing. */
  readonly start: (network: SpikingNetwork) => number | undefined;
  /** @param all of the network's sliders as they stand now, this one among them */
  readonly set: (simulation: Simulation, value: number, all: Values) => void;
}

type Numbers = Pick<Slider, "key" | "name" | "unit" | "min" | "max" | "step">;

/** A weight, or the middle of those that are drawn. */
export function middleOf({ weight }: ProjectionSpec): number {
  if (typeof weight === "number") return weight;
  if ("normal" in weight) return weight.normal[0];
  if ("lognormal" in weight) return Math.exp(weight.lognormal[0]);
  return "uniform" in weight ? (weight.uniform[0] + weight.uniform[1]) / 2 : (weight.values[0] ?? 0);
}

/** A parameter of all neurons, whose populations the simulation must have as `live`. */
export function parameter(slider: Numbers): Slider {
  const { key } = slider;
  return {
    ...slider,
    start: ({ populations: [first] }) => {
      const given = first!.params?.[key];
      return typeof given === "number" ? given : first!.model.params[key]!.default;
    },
    set: (simulation, value) => {
      for (const { name } of simulation.network.populations) simulation.set(name, { [key]: value });
    },
  };
}

/** The rate of every train from outside. */
export const outside = (max: number, step: number): Slider => ({
  key: "input",
  name: "Each train from outside",
  unit: "spikes/s",
  min: 0,
  max,
  step,
  start: ({ populations: [first] }) => first!.background?.find(({ rate }) => rate > 0)?.rate,
  set: (simulation, rate) => {
    for (const { name } of simulation.network.populations) simulation.setBackground(name, 0, { rate });
  },
});

/** How much stronger inhibition is than excitation in the network as it was drawn; undefined where it has but one of them. */
function inhibitionOf({ projections }: SpikingNetwork): number | undefined {
  const weights = projections.map(middleOf);
  const [exciting, inhibiting] = [weights.find((one) => one > 0), weights.find((one) => one < 0)];
  return exciting && inhibiting && Math.abs(inhibiting / exciting);
}

/** What each projection delivers follows from both sliders of weights. */
function regain(simulation: Simulation, { g, weights = 1 }: Values): void {
  const { network } = simulation;
  const own = inhibitionOf(network);
  for (const projection of network.projections) {
    const inhibits = middleOf(projection) < 0;
    simulation.setGain(
      nameOf(projection),
      inhibits && own && g !== undefined ? (weights * g) / own : weights,
    );
  }
}

export const inhibition: Slider = {
  key: "g",
  name: "g, inhibition against excitation",
  unit: "×",
  min: 0,
  max: 12,
  step: 0.1,
  start: (network) => {
    const own = inhibitionOf(network);
    return own && Math.round(10 * own) / 10;
  },
  set: (simulation, _, all) => regain(simulation, all),
};

export const weights: Slider = {
  key: "weights",
  name: "Weights between neurons",
  unit: "×",
  min: 0,
  max: 2,
  step: 0.05,
  start: () => 1,
  set: (simulation, _, all) => regain(simulation, all),
};

/** How fast plastic synapses learn. */
export const learning: Slider = {
  key: "learning",
  name: "Pace of learning",
  unit: "×",
  min: 0,
  max: 20,
  step: 0.5,
  start: () => 1,
  set: (simulation, value) => {
    for (const { plasticity, ...projection } of simulation.network.projections) {
      if (!plasticity) continue;
      const { potentiation = 0, depression = 0 } = plasticity.params ?? {};
      simulation.setPlasticity(nameOf(projection), {
        potentiation: value * potentiation,
        depression: value * depression,
      });
    }
  },
};

/** Spec: what one run of the lab is, as plain data: a rule on a network of its own, repeated over seeds. */
import type { ExperimentOptions } from "../../src/experiment/experiment";
import { presetFor } from "../../src/experiment/presets";
import { findRule, parametersOf } from "../../src/experiment/rules";
import type { Output } from "../../src/net/network";
import type { OptimiserName, Values } from "../../src/net/optimiser";
import type { Activation } from "../../src/net/population";
import type { Chosen } from "../../src/net/rule";
import type { Dataset } from "../../src/task/task";

export interface RunSpec {
  readonly rule: string;
  /** Sizes of the hidden layers; a rule that reaches none does without. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly output: Output;
  readonly optimizer: OptimiserName;
  readonly batch: number;
  /** Numbers that differ from the rule's defaults, the rate among them. They may change while it runs. */
  readonly values: Values;
  /** What shapes the rule's schedule and differs from the defaults. */
  readonly options: Chosen;
  /** The first seed; the others follow it. */
  readonly seed: number;
  /** How many. */
  readonly seeds: number;
  /** Whether its line is drawn. */
  readonly shown: boolean;
}

/** What a dataset must tell for a network to fit it. */
export type Fitting = Pick<Dataset, "inputs" | "classes"> & { readonly train?: { readonly count: number } };

export const limits = {
  runs: 12,
  seeds: 5,
  /** The last of several seeds must still be a u32. */
  seed: 2 ** 32 - 5,
  hiddenLayers: 6,
  width: 65_536,
  batch: 65_535,
  epochs: 10_000,
  samples: 1_000_000,
} as const;

/** Rules that come to much the same at one setting: backprop and those that send its error another way. */
const gradientLike = new Set([
  "backprop",
  "feedback-alignment",
  "direct-feedback-alignment",
  "kolen-pollack",
  "weight-mirror",
  "sign-symmetry",
  "local-error",
]);

/** Numbers that make a rate fall over a preset's own number of epochs, which is not the lab's. */
const annealing = ["anneal", "readoutAnneal"];

/** How a rule starts in the lab: modest in size, and otherwise as its preset has it. */
export function freshSpec(rule: string, software: boolean): RunSpec {
  const common = {
    rule,
    hidden: software ? [96, 48] : [256, 128],
    activation: "tanh",
    output: "softmax",
    optimizer: "momentum",
    batch: software ? 64 : 128,
    values: { rate: 0.03 },
    options: {},
    seed: 1,
    seeds: 1,
    shown: true,
  } as const;
  const preset = presetFor(rule, "mnist");
  if (gradientLike.has(rule) || !preset) return common;
  const { activation, output, optimizer, batch, layers, values = {}, options = {} } = preset;
  const most = software ? 100 : 512;
  return {
    ...common,
    hidden: layers.slice(1, -1).map((size) => Math.min(size, most)),
    activation,
    output,
    optimizer,
    batch: Math.min(batch, common.batch),
    values: Object.fromEntries(Object.entries(values).filter(([name]) => !annealing.includes(name))),
    options,
  };
}

/** Sizes from the inputs to the classes. */
export function layersOf({ rule, hidden }: RunSpec, { inputs, classes }: Fitting): number[] {
  return [inputs, ...(findRule(rule).shallow ? [] : hidden), classes];
}

/** What the experiment of one seed is made from. */
export function optionsOf(spec: RunSpec, data: Fitting, seed: number): ExperimentOptions {
  const { rule, activation, output, optimizer, values, options } = spec;
  return {
    rules: [rule],
    layers: layersOf(spec, data),
    activation,
    output,
    optimizer,
    batch: batchOf(spec, data),
    seed,
    values,
    options: { [rule]: options },
  };
}

/** Samples to a step: no more than there are to learn from. */
export const batchOf = ({ batch }: RunSpec, { train }: Fitting): number =>
  Math.min(batch, train?.count ?? batch);

export const seedsOf = ({ seed, seeds }: RunSpec): number[] =>
  Array.from({ length: seeds }, (_, i) => seed + i);

/** Synapses between layers of these sizes, biases among them. */
export function weightsOf(layers: readonly number[]): number {
  return layers.slice(1).reduce((sum, size, index) => sum + (layers[index]! + 1) * size, 0);
}

/** Two hidden layers of one size that come to about so many weights. */
export function hiddenFor(weights: number, { inputs, classes }: Fitting): number[] {
  const linear = inputs + classes + 2;
  const size = (Math.sqrt(linear * linear + 4 * weights) - linear) / 2;
  return [Math.max(1, Math.round(size)), Math.max(1, Math.round(size))];
}

/** All numbers that a run may be told, with their defaults and ranges. */
export const parametersFor = ({ rule, optimizer }: Pick<RunSpec, "rule" | "optimizer">) =>
  parametersOf(findRule(rule), optimizer);

/** Drops what a rule or an optimiser does not have, so that a spec is sound after either has changed. */
export function tidied(spec: RunSpec): RunSpec {
  const parameters = parametersFor(spec);
  const choices = findRule(spec.rule).options ?? {};
  const only = <Of>(told: Readonly<Record<string, Of>>, known: object) =>
    Object.fromEntries(Object.entries(told).filter(([name]) => Object.hasOwn(known, name)));
  return { ...spec, values: only(spec.values, parameters), options: only(spec.options, choices) };
}

/** Whether a run can turn into another without starting anew: what differs may change while it runs. */
export function goesOn(one: RunSpec, other: RunSpec): boolean {
  const fixed = ({ values: _, shown: __, ...rest }: RunSpec) => JSON.stringify(rest);
  return fixed(one) === fixed(other);
}

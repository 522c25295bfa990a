/**
 * Optimiser: what a synapse does with the direction that its rule gives it. It runs inside `correlate`, so a gradient
 * never travels through memory; the form `written` leaves the weights alone and writes the direction out to be looked at.
 */
import type { Field } from "../gpu/field";
import { linkShader } from "../gpu/shader";

/** A number that a user may set, with what the page and the terminal need to know of it. */
export interface Parameter {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** One short phrase. */
  readonly about: string;
}

export type Parameters = Readonly<Record<string, Parameter>>;

const rate = (value: number): Parameter => ({ default: value, min: 0, max: 100, about: "learning rate" });
const decay = (about: string): Parameter => ({ default: 0, min: 0, max: 10, about });
const anneal: Parameter = {
  default: 0,
  min: 0,
  max: 1e6,
  about: "epochs over which the rate falls in a straight line to zero; 0 keeps it",
};
const share = (value: number, about: string): Parameter => ({ default: value, min: 0, max: 0.999999, about });

interface Optimiser {
  readonly shader: string;
  /** Arrays of the weight's size that it keeps. */
  readonly states: number;
  /** Whether that memory takes in the weight itself, as coupled decay does. */
  readonly remembersWeight: boolean;
  readonly params: Parameters;
}

export const optimisers = {
  /** w ← w − η (g + λ w) */
  sgd: {
    shader: "optimiser/sgd",
    states: 0,
    remembersWeight: false,
    params: { rate: rate(0.1), anneal, decay: decay("weight decay, added to the gradient") },
  },
  /** v ← μ v + g + λ w; w ← w − η v (Polyak 1964, as PyTorch writes it) */
  momentum: {
    shader: "optimiser/momentum",
    states: 1,
    remembersWeight: true,
    params: {
      rate: rate(0.1),
      anneal,
      decay: decay("weight decay, added to the gradient"),
      momentum: share(0.9, "share of the last step that is kept"),
    },
  },
  /** Adam (Kingma & Ba 2015, algorithm 1) with decoupled decay (Loshchilov & Hutter 2019, algorithm 2). */
  adam: {
    shader: "optimiser/adam",
    states: 2,
    remembersWeight: false,
    params: {
      rate: rate(0.001),
      anneal,
      decay: decay("decoupled weight decay"),
      momentum: share(0.9, "β₁, decay of the mean"),
      variance: share(0.999, "β₂, decay of the mean square"),
      epsilon: { default: 1e-8, min: 1e-12, max: 1, about: "keeps the division finite" },
    },
  },
} as const satisfies Record<string, Optimiser>;

export type OptimiserName = keyof typeof optimisers;
export const optimiserNames = Object.keys(optimisers) as OptimiserName[];

/** The members of the WGSL struct Settings, in order: the WGSL is the only place where they are written. */
export const settingNames: readonly string[] = structMembers("lib/settings", "Settings");

function structMembers(shader: string, struct: string): string[] {
  const body = new RegExp(`struct ${struct} \\{([^}]*)\\}`).exec(linkShader(shader).code)?.[1] ?? "";
  return [...body.matchAll(/(\w+)\s*:\s*f32/g)].map(([, name]) => name!);
}

/** The numbers that the rule and its optimiser run with, by name. */
export type Values = Readonly<Record<string, number>>;

/** What each setting of a group of synapses is, given the rule's numbers; what is left out is 0. */
export type SettingSource = (values: Values) => Values;

/** The numbers that one settings field holds, and where they come from. */
export interface SettingGroup {
  readonly names: readonly string[];
  readonly source: SettingSource;
}

/** Where the numbers of one group lie; of a group of synapses, those of the WGSL struct. */
export function settingsField(group: string, names: readonly string[] = settingNames): Field {
  return {
    name: `settings/${group}`,
    site: "global",
    home: "",
    shape: [Math.max(1, names.length)],
    type: "f32",
    role: "setting",
  };
}

/**
 * The contents of a settings field, in the order of its names.
 * @param stepsPerEpoch turns `anneal`, in epochs, into the optimiser's `horizon`, in steps; without a dataset a step is an epoch
 */
export function settingValues(
  { names, source }: SettingGroup,
  values: Values,
  stepsPerEpoch = 1,
): Float32Array {
  const { anneal = 0, ...settings } = source(values);
  const all: Values = { ...settings, anneal, horizon: anneal * stepsPerEpoch };
  return Float32Array.from(names.length > 0 ? names : [""], (name) => all[name] ?? 0);
}

/** Where the written-out direction of a weight lies. */
export function directionName(prefix: string, weight: Field): string {
  return `${prefix}${weight.name}/direction`;
}

/** The optimiser's memory of a weight: `states` arrays of its size, stacked. */
export function stateField(weight: Field, states: number): Field | undefined {
  if (states === 0) return undefined;
  const [rows = 1, columns = 1] = weight.shape;
  return {
    ...weight,
    name: `${weight.name}.state`,
    shape: states === 1 ? [rows, columns] : [states, rows, columns],
    initial: { kind: "zero" },
  };
}

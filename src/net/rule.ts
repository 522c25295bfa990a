/**
 * Rule: its parameters, the extra fields it needs, and the schedule of one training step. One file each in src/rule.
 *
 * What rules share lives here and in `builder.ts`: rules never import rules.
 */
import type { Field, Initial } from "../gpu/field";
import { backward, forward } from "./backward";
import type { Builder } from "./builder";
import type { Network, Start } from "./network";
import type { OptimiserName, Parameters, Values } from "./optimiser";
import type { Population } from "./population";
import { initialBound, type Projection, synapseField } from "./projection";

/** Fields that are made when a schedule first asks for them, one for each projection (or population). */
export type FieldSource<Of> = (name: string, step: Builder) => (of: Of) => Field;

// biome-ignore lint/suspicious/noExplicitAny: a rule may hold sources of any kind; `Bound` gives each its own type back
type FieldSources = Readonly<Record<string, FieldSource<any>>>;
type Bound<Sources extends FieldSources> = { readonly [Name in keyof Sources]: ReturnType<Sources[Name]> };

/** A number that shapes a rule's schedule, such as how often neurons settle: it can't change while the rule runs. */
export interface Count {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly about: string;
}

/** One of several forms that a rule comes in. */
export interface Choice {
  readonly default: string;
  readonly choices: readonly string[];
  readonly about: string;
}

export type Options = Readonly<Record<string, Count | Choice>>;

/** What was chosen of a rule's options. */
export type Chosen = Readonly<Record<string, number | string>>;

type ChosenOf<All extends Options> = {
  readonly [Name in keyof All]: All[Name] extends { readonly choices: readonly (infer One)[] } ? One : number;
};

/** What a training step left behind, for a rule that looks for what is amiss. */
export interface Trained {
  readonly net: Network;
  readonly values: Values;
  read(field: Field): Promise<ArrayLike<number>>;
}

/** What a rule tells of itself. */
export interface RuleFacts<All extends Options = Options> {
  /** As the terminal and the page know it, in the field's own words. */
  readonly name: string;
  readonly title: string;
  /** What it does, in one plain sentence. */
  readonly summary: string;
  /** Paper and equation. */
  readonly source: string;
  /** Numbers of its own, beside the optimiser's. */
  readonly params: Parameters;
  /** What shapes its schedule. */
  readonly options?: All;
  /** True where it teaches a single layer of synapses, from the inputs to the outputs, and has no way to reach hidden ones. */
  readonly shallow?: boolean;
  /** How its weights start; default drawn at random. */
  readonly start?: Start;
  /** True where weights may move between a project and the transport that answers it. */
  readonly incremental?: boolean | ((options: ChosenOf<All>) => boolean);
  /** What is amiss though the rule goes on, in a sentence, if anything is. It asks for all that it reads at once. */
  readonly doubt?: (trained: Trained) => Promise<string | undefined>;
  /** Where it needs other values than the optimiser's usual ones. */
  readonly defaults?: Readonly<Partial<Record<OptimiserName, Values>>>;
}

/** A rule ready to write its training step, from the input in `step.net` to changed weights. */
export interface Rule extends RuleFacts {
  write(step: Builder): void;
  /** From the input to the scores, for a test: forward and the readout, unless the rule says otherwise. */
  predict(step: Builder): void;
  /** The true gradient of the loss that the rule descends, written out; backprop's, unless the rule says otherwise. */
  gradient(step: Builder): void;
}

type Write<Sources extends FieldSources, All extends Options> = (
  step: Builder,
  fields: Bound<Sources>,
  options: ChosenOf<All>,
) => void;

/** Binds a rule's fields and options to the names that it gives them. */
export function defineRule<const Sources extends FieldSources, const All extends Options = Options>(
  rule: RuleFacts<All> & {
    fields: Sources;
    schedule: Write<Sources, All>;
    predict?: Write<Sources, All>;
    gradient?: Write<Sources, All>;
  },
): Rule {
  const { fields, schedule, predict, gradient, ...facts } = rule;
  const bound = (write: Write<Sources, All>) => (step: Builder) => {
    const own = Object.entries(fields).map(([name, source]) => [name, source(name, step)]);
    write(step, Object.fromEntries(own) as Bound<Sources>, step.options as ChosenOf<All>);
  };
  return {
    ...(facts as RuleFacts),
    write: bound(schedule),
    predict: bound(
      predict ??
        ((step) => {
          forward(step);
          step.readout();
        }),
    ),
    gradient: bound(
      gradient ??
        ((step) => {
          forward(step);
          backward(step, ({ weight }) => weight);
        }),
    ),
  };
}

/** How a synapse field starts, given its two populations and the stream of random numbers named for them. */
type SynapseStart = (pre: Population, post: Population, stream: string) => Initial;

/** Random like a fresh weight between the same populations, but drawn apart from it. */
export const likeWeight: SynapseStart = (pre, post, stream) => ({
  kind: "uniform",
  bound: initialBound(pre.size, post.size, post.activation),
  stream,
  zeroLastRow: true,
});

export const zero: SynapseStart = () => ({ kind: "zero" });

/** One field for each projection that asks, in the layout of its weight. */
export function perSynapse(start: SynapseStart): FieldSource<Projection> {
  return (name) =>
    ({ pre, post }) =>
      synapseField(pre, post, name, start(pre, post, `${pre.name}-${post.name}/${name}`));
}

/** One field for each population that asks: synapses between it and the output, in the layout of a weight to the output. */
export function perPopulationFromOutput(start: SynapseStart): FieldSource<Population> {
  return (name, step) => (pre) => {
    const post = step.net.populations.at(-1)!;
    return synapseField(pre, post, name, start(pre, post, `${pre.name}-${post.name}/${name}`));
  };
}

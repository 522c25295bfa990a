/** Plan: everything about a training run that needs no GPU, checked. What it needs can be summed up before anything is allocated. */
import type { Field } from "../gpu/field";
import { type Lowering, lowerPlain, type Target } from "../gpu/lower";
import { fieldsOf, recordsOf, type Schedule } from "../gpu/schedule";
import type { Builder } from "../net/builder";
import { lowerings } from "../net/dense";
import {
  checkNetwork,
  classesOf,
  type Network,
  type NetworkOptions,
  network,
  type Output,
} from "../net/network";
import type { OptimiserName, Values } from "../net/optimiser";
import type { Chosen, Rule } from "../net/rule";
import type { Dataset } from "../task/dataset";
import { type SampleFields, testBatch } from "./data";
import { canSicken, healthCheck } from "./health";
import { checkDepth, checkOptimiser, checkSeed, resolveOptions, resolveValues, ruleOf } from "./rules";
import { evaluation, learnedFields, testMetrics, trainingStep } from "./schedules";

export interface TrainerOptions extends NetworkOptions {
  /** A rule's name, see `rules`; or a rule that is in no folder, such as one that somebody is writing. */
  readonly rule: string | Rule;
  /** `sgd`, `momentum` (the default) or `adam`. */
  readonly optimizer?: string;
  /** Parameters of the rule and its optimiser that differ from the defaults: `rate`, `decay`, … */
  readonly values?: Values;
  /** What shapes the rule's schedule and differs from the defaults: `steps`, `form`, … */
  readonly options?: Chosen;
  /**
   * Whether the rule's own metrics are written at every step, such as a settling network's energies: half the dispatches of
   * some rules, and what is learned is the same without. Default true; false in an experiment, which shows none of them.
   */
  readonly metrics?: boolean;
  /** Keys initial weights, the order of samples and noise; u32, default 1. */
  readonly seed?: number;
}

export interface Plan {
  readonly rule: Rule;
  readonly optimiser: OptimiserName;
  readonly values: Values;
  readonly options: Chosen;
  readonly seed: number;
  /** Batches are of one size and straddle epochs, so this need not be whole. Without a dataset a step is an epoch. */
  readonly stepsPerEpoch: number;
  readonly net: Network;
  readonly step: Builder;
  /** The fields that learning changes or depends on, and that a checkpoint therefore holds. */
  readonly learned: readonly Field[];
  /** One pass over the test set, where there is one. */
  readonly test: { readonly schedule: Schedule; readonly metrics: Field } | undefined;
  /** Looks for what stopped being a number. */
  readonly health: Schedule;
}

/** @throws one sentence for an unknown name, a bad value, or layers that don't fit the data */
export function planTraining(options: TrainerOptions, data?: SampleFields): Plan {
  checkNetwork(options);
  const rule = ruleOf(options.rule);
  checkDepth(rule, options.layers);
  const optimiser = checkOptimiser(options.optimizer ?? "momentum");
  const values = resolveValues(rule, optimiser, options.values);
  const seed = options.seed ?? 1;
  checkSeed(seed);
  if (data) checkShapes(options.layers, data.dataset, options.output);
  const net = network({ ...options, ...(rule.start && { start: rule.start }) });
  const chosen = resolveOptions(rule, options.options);
  const { metrics } = options;
  const step = trainingStep(rule, net, optimiser, seed, { split: data?.train, options: chosen, metrics });
  const learned = learnedFields(step.schedule);
  return {
    rule,
    optimiser,
    values,
    options: chosen,
    seed,
    stepsPerEpoch: data ? data.train.count / net.batch : 1,
    net,
    step,
    learned,
    test: data && planTest(rule, seed, chosen, options, data),
    health: healthCheck(learned.filter(canSicken)),
  };
}

function planTest(
  rule: Rule,
  seed: number,
  chosen: Chosen,
  options: TrainerOptions,
  { test }: SampleFields,
): NonNullable<Plan["test"]> {
  const net = network({ ...options, batch: testBatch(test.count), prefix: "test:" });
  return { schedule: evaluation(rule, net, test, seed, chosen), metrics: testMetrics(net, test) };
}

/** Every field that a plan takes on an adapter, each once: the dataset's among them, and the scratch of sums that are split. */
export function fieldsOfPlan({ step, health, test }: Plan, target: Target): Field[] {
  const schedules = [step.schedule, health, test?.schedule ?? []].flat();
  const named = new Map(fieldsOf(schedules).map((field) => [field.name, field]));
  for (const record of recordsOf(schedules)) {
    const lower: Lowering = lowerings[record.kernel] ?? lowerPlain;
    for (const { bind } of lower(record, target))
      for (const field of Object.values(bind)) named.set(field.name, field);
  }
  return [...named.values()];
}

/**
 * Every class has an output neuron, save that one neuron alone may tell two classes apart.
 * @throws when a network of these layers can't learn a task of so many inputs and classes
 */
export function checkShapes(
  layers: readonly number[],
  { name, inputs, classes }: Pick<Dataset, "name" | "inputs" | "classes">,
  output: Output = "softmax",
): void {
  const [first, last] = [layers[0], layers.at(-1)];
  if (classes === 2 && last === 1 && output === "softmax")
    throw new Error(
      `A single output neuron tells ${name}'s two classes apart by being above ½, which a softmax over one neuron never changes; give it another output, such as sigmoid, or end layers with 2.`,
    );
  if (first !== inputs || classesOf(last!, output) !== classes)
    throw new Error(
      `The task ${name} has ${inputs} inputs and ${classes} classes, but layers is [${layers}]; start with ${inputs} and end with ${classes}.`,
    );
}

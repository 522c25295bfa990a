/** Profile plan: what the profiler is to measure, for the terminal and the page, checked without a GPU. */
import type { SplitFields } from "../net/builder";
import { checkNetwork, type Network, type NetworkOptions, network } from "../net/network";
import type { Chosen } from "../net/rule";
import type { SpikingNetwork } from "../net/spiking/model";
import { type Model, type ModelOptions, modelOptions, models } from "./models";
import { checkDepth, checkOptimiser, findRule, resolveOptions } from "./rules";
import { trainingStep } from "./schedules";

/** A rule's training step on a network of layers. */
export interface LayeredPlan extends NetworkOptions {
  readonly rule: string;
  readonly layers: readonly number[];
  readonly batch: number;
  readonly optimizer: string;
  /** The rule's options that differ from their defaults. */
  readonly options?: Chosen;
}

/** A spiking network that runs by name. */
export interface SpikingPlan {
  readonly model: string;
  /** Neurons against the model's own number. */
  readonly scale: number;
}

export type ProfilePlan = LayeredPlan | SpikingPlan;

export const isSpiking = (plan: ProfilePlan): plan is SpikingPlan => "model" in plan;

/** The seed of weights, samples and synapses. */
export const profileSeed = 1;

type NetworkModel = Model & { readonly network: (options: ModelOptions) => SpikingNetwork };

/** The models that are one network, and so can be timed. */
export const spikingModels: readonly NetworkModel[] = models.filter(
  (model): model is NetworkModel => "network" in model,
);

/** @throws one sentence when there is no such model, or not of that size */
export function spikingNetwork({ model: name, scale }: SpikingPlan): SpikingNetwork {
  const model = spikingModels.find((one) => one.name === name);
  if (!model)
    throw new Error(
      `The profiler times the networks ${spikingModels.map((one) => one.name).join(", ")}, but "${name}" is none of them.`,
    );
  return model.network(modelOptions(model, { scale, seed: profileSeed }));
}

/** The training step of a plan; its batches come from a split where one is given. @throws one sentence when it can't be written */
export function stepOf(plan: LayeredPlan, split?: SplitFields) {
  const rule = findRule(plan.rule);
  const optimiser = checkOptimiser(plan.optimizer);
  checkNetwork(plan);
  checkDepth(rule, plan.layers);
  const options = resolveOptions(rule, plan.options);
  // A rule that starts from zero weights would have nothing to send up or back: every plan starts at random.
  const net: Network = network(plan);
  const step = trainingStep(rule, net, optimiser, profileSeed, { split, options, metrics: false });
  return { rule, optimiser, net, step };
}

/** @throws one sentence that says what can't be measured and why */
export function checkPlan(plan: ProfilePlan): void {
  if (isSpiking(plan)) spikingNetwork(plan);
  else stepOf(plan);
}

/** In a line: `backprop, 784-512-10, batch 128, momentum`. */
export function planText(plan: ProfilePlan): string {
  if (isSpiking(plan)) return `${plan.model}${plan.scale === 1 ? "" : ` at scale ${plan.scale}`}`;
  const chosen = Object.entries(plan.options ?? {}).map(([name, value]) => `${name} ${value}`);
  return [
    plan.rule,
    plan.layers.join("-"),
    `batch ${plan.batch}`,
    plan.optimizer,
    ...(plan.activation ? [plan.activation] : []),
    ...(plan.output && plan.output !== "softmax" ? [`${plan.output} output`] : []),
    ...chosen,
  ].join(", ");
}

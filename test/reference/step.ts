/** A whole training step of each rule, written out in float64 from its paper's equations. */
import type { ActivationName } from "./activation";
import { correlate, type Numbers, project, type Shape, transport } from "./dense";
import { learn, type OptimiserName, type Settings, stateCount } from "./optimiser";
import { noise } from "./random";
import { crossEntropy, type Readout, squaredError } from "./readout";

/** The rules that this file writes out: backprop and those that only send its error back another way. */
export const ruleNames = [
  "backprop",
  "feedback-alignment",
  "direct-feedback-alignment",
  "sign-symmetry",
  "kolen-pollack",
  "weight-mirror",
] as const;
export type RuleName = (typeof ruleNames)[number];

export interface Model {
  readonly rule: RuleName;
  readonly layers: readonly number[];
  readonly batch: number;
  readonly activation: ActivationName;
  /** `softmax` is scored by cross-entropy, an activation by half the squared error. */
  readonly output: ActivationName | "softmax";
  readonly optimiser: OptimiserName;
  readonly settings: Settings;
  /** By projection, from the input on: [pre + 1, post]. */
  readonly weights: Float64Array[];
  /** In the layout of the weights; the first is unused. Direct feedback goes from each hidden population to the output. */
  readonly feedback: (Float64Array | undefined)[];
  /** What the optimiser remembers of each weight, and of each feedback weight that learns like one. */
  readonly states: Float64Array[];
  readonly feedbackStates: (Float64Array | undefined)[];
  /** The weight mirror's share, and the seed of its noise. */
  readonly mirror: number;
  readonly seed: number;
  /** Steps done. */
  clock: number;
}

export interface Pass extends Readout {
  readonly activities: Float64Array[];
}

const shape = ({ layers, batch }: Model, l: number): Shape => ({
  batch,
  pre: layers[l]!,
  post: layers[l + 1]!,
});
const last = ({ layers }: Model) => layers.length - 2;

/** Activity from the input to the output, and its comparison with the labels. */
export function forward(model: Model, inputs: Numbers, labels: Numbers): Pass {
  const activities: Float64Array[] = [Float64Array.from(inputs)];
  const softmax = model.output === "softmax";
  for (let l = 0; l <= last(model); l++) {
    const f = l < last(model) ? model.activation : model.output === "softmax" ? "identity" : model.output;
    activities.push(project(activities[l]!, model.weights[l]!, shape(model, l), f));
  }
  const top = activities.at(-1)!;
  const classes = model.layers.at(-1)!;
  const readout = softmax
    ? crossEntropy(top, labels, classes)
    : squaredError(top, labels, classes, model.output as ActivationName);
  return { ...readout, activities };
}

/** The mean loss of a batch. */
export function loss(model: Model, inputs: Numbers, labels: Numbers): number {
  const { score } = forward(model, inputs, labels);
  return score.reduce((sum, value, i) => sum + (i % 2 === 0 ? value : 0), 0) / model.batch;
}

/** The direction of every projection: mean over the batch of its pre activity times its post error. */
export function directions(model: Model, inputs: Numbers, labels: Numbers): Float64Array[] {
  const { activities, error } = forward(model, inputs, labels);
  const errors: Float64Array[] = [];
  errors[last(model) + 1] = error;
  for (let l = last(model); l > 0; l--) {
    const direct = model.rule === "direct-feedback-alignment";
    const through = direct
      ? { ...shape(model, l), post: model.layers.at(-1)! } // straight from the output
      : shape(model, l);
    const weight = model.rule === "backprop" ? model.weights[l]! : model.feedback[l]!;
    errors[l] = transport(direct ? error : errors[l + 1]!, weight, activities[l]!, through, model.activation);
  }
  return model.weights.map((_, l) => correlate(activities[l]!, errors[l + 1]!, shape(model, l)));
}

/** One training step; changes the model. `magnitude` is sign-symmetry's, by projection. */
export function trainingStep(
  model: Model,
  inputs: Numbers,
  labels: Numbers,
  magnitude: readonly number[] = [],
): void {
  const { rule, weights, feedback, settings, optimiser } = model;
  const t = model.clock + 1;
  for (let l = 1; l <= last(model); l++) {
    if (rule === "sign-symmetry") feedback[l] = weights[l]!.map((w) => magnitude[l]! * Math.sign(w));
    if (rule === "weight-mirror") {
      const sent = noise(model.batch, model.layers[l]!, model.seed, l, model.clock);
      const evoked = project(sent, weights[l]!, shape(model, l), "identity", false);
      const seen = correlate(sent, evoked, shape(model, l));
      feedback[l] = feedback[l]!.map((b, i) => (1 - model.mirror) * b + model.mirror * seen[i]!);
    }
  }
  const found = directions(model, inputs, labels);
  for (let l = 0; l <= last(model); l++) {
    weights[l] = learn(optimiser, weights[l]!, found[l]!, model.states[l]!, settings, t);
    if (rule === "kolen-pollack" && l > 0)
      feedback[l] = learn(optimiser, feedback[l]!, found[l]!, model.feedbackStates[l]!, settings, t);
  }
  model.clock = t;
}

/** Zeroes for what the optimiser remembers of each of `weights`. */
export const freshStates = (optimiser: OptimiserName, weights: readonly Numbers[]): Float64Array[] =>
  weights.map(({ length }) => new Float64Array(length * stateCount[optimiser]));

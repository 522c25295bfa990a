/** Predictive coding in float64: value and error neurons of every sample as plain loops (Whittington & Bogacz 2017). */
import { activate } from "./activation";
import { correlate, type Numbers, project, transport } from "./dense";
import { crossEntropy, squaredError } from "./readout";
import type { Model } from "./step";

export interface Settling {
  readonly gamma: number;
  readonly outputVariance: number;
  readonly steps: number;
  readonly form: "standard" | "fixed-prediction" | "z-il" | "incremental";
  /** What carries errors down instead of the weights, by projection. */
  readonly feedback?: readonly (Float64Array | undefined)[];
  /** `incremental`: moves the weights by these directions; those of layers that no error has reached are left out. */
  readonly move?: (directions: (Float64Array | undefined)[]) => void;
}

export interface Settled {
  /** By projection: the mean over the batch of error ⊗ what the layer below says. */
  readonly directions: Float64Array[];
  /** By layer from 1 on: what each neuron was predicted to be, less what it is. */
  readonly errors: Float64Array[];
  /** The mean energy over the batch, of the states 0 … steps. */
  readonly energy: number[];
  /** Mean over batch and neurons of |∂E/∂x|, before each step. */
  readonly distance: number[];
}

/** Settles from the feed-forward pass. Weights are read from the model at every step, so that `move` may change them. */
export function settle(model: Model, inputs: Numbers, labels: Numbers, how: Settling): Settled {
  const { layers, batch, weights, activation, output } = model;
  const { gamma, outputVariance, steps, form, feedback = weights } = how;
  const last = layers.length - 1;
  const shape = (l: number) => ({ batch, pre: layers[l - 1]!, post: layers[l]! });
  const says: Float64Array[] = [Float64Array.from(inputs)];
  const value: Float64Array[] = [];
  const mu: Float64Array[] = [];
  const error: Float64Array[] = [];
  let outputLoss = 0;

  const predict = (l: number) => {
    mu[l] = project(says[l - 1]!, weights[l - 1]!, shape(l), "identity");
  };
  const say = (l: number, drive: Float64Array) => {
    says[l] = drive.map(activate[activation]);
  };
  const compare = () => {
    predict(last);
    const classes = layers[last]!;
    const read =
      output === "softmax"
        ? crossEntropy(mu[last]!, labels, classes)
        : squaredError(mu[last]!.map(activate[output]), labels, classes, output);
    error[last] = read.error.map((e) => e / outputVariance);
    outputLoss = 0;
    for (let s = 0; s < batch; s++) outputLoss += read.score[2 * s]! / batch / outputVariance;
  };
  const energyNow = () => {
    let sum = outputLoss;
    for (let l = 1; l < last; l++) for (const e of error[l]!) sum += (e * e) / 2 / batch;
    return sum;
  };
  const direction = (l: number) => correlate(says[l - 1]!, error[l]!, shape(l));

  for (let l = 1; l < last; l++) {
    predict(l);
    value[l] = mu[l]!.slice();
    say(l, value[l]!);
    error[l] = new Float64Array(batch * layers[l]!);
  }
  compare();
  const energy = [energyNow()];
  const distance: number[] = [];
  const found: Float64Array[] = [];
  let neurons = 0;
  for (let l = 1; l < last; l++) neurons += layers[l]!;
  for (let t = 0; t < steps; t++) {
    const force: Float64Array[] = [];
    let size = 0;
    for (let l = 1; l < last; l++) {
      const down = transport(error[l + 1]!, feedback[l]!, says[l]!, shape(l + 1), activation);
      force[l] = error[l]!.map((e, i) => e - down[i]!);
      for (const f of force[l]!) size += Math.abs(f);
    }
    distance.push(size / batch / neurons);
    if (form === "z-il" && last - t >= 1) found[last - t - 1] = direction(last - t);
    if (form === "incremental" && t > 0)
      how.move!(weights.map((_, at) => (at + 1 >= last - t ? direction(at + 1) : undefined)));
    for (let l = 1; l < last; l++) value[l] = value[l]!.map((x, i) => x + gamma * force[l]![i]!);
    if (form !== "fixed-prediction") {
      for (let l = 1; l < last; l++) say(l, value[l]!);
      for (let l = 1; l < last; l++) predict(l);
      compare();
    }
    for (let l = 1; l < last; l++) error[l] = mu[l]!.map((m, i) => m - value[l]![i]!);
    energy.push(energyNow());
  }
  weights.forEach((_, at) => {
    found[at] ??= direction(at + 1);
  });
  return { directions: found, errors: error.slice(1), energy, distance };
}

/** The gradient of the energy by one value, by central differences: what a force must be. */
export function energyOf(
  model: Model,
  inputs: Numbers,
  labels: Numbers,
  values: readonly Float64Array[],
  outputVariance: number,
): number {
  const { layers, batch, weights, activation, output } = model;
  const last = layers.length - 1;
  let sum = 0;
  let below: Numbers = inputs;
  for (let l = 1; l <= last; l++) {
    const mu = project(below, weights[l - 1]!, { batch, pre: layers[l - 1]!, post: layers[l]! }, "identity");
    if (l === last) {
      const classes = layers[l]!;
      const { score } =
        output === "softmax"
          ? crossEntropy(mu, labels, classes)
          : squaredError(mu.map(activate[output]), labels, classes, output);
      for (let s = 0; s < batch; s++) sum += score[2 * s]! / outputVariance / batch;
    } else {
      for (let i = 0; i < mu.length; i++) sum += (values[l - 1]![i]! - mu[i]!) ** 2 / 2 / batch;
      below = values[l - 1]!.map(activate[activation]);
    }
  }
  return sum;
}

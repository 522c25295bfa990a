/** Network: populations and the projections between them, from a list of layer sizes. A description: it holds no buffers. */
import type { Field } from "../gpu/field";
import { unknownName } from "../gpu/name";
import { type Activation, activations, neuronField, type Population } from "./population";
import { type Projection, projection } from "./projection";

/** How the output is read: softmax is scored by cross-entropy, an activation by half the squared error to one-hot targets. */
export type Output = "softmax" | Activation;

/** What the first weights are. */
export type Start = "random" | "zero";

export interface NetworkOptions {
  /** Sizes from input to output, at least two. */
  readonly layers: readonly number[];
  /** Samples at a time. Default 128. */
  readonly batch?: number;
  /** Activation of the hidden layers. Default `relu`. */
  readonly activation?: Activation;
  /** Default `softmax`. */
  readonly output?: Output;
  /** How the weights of the projections start: drawn at random (the default), or all zero. */
  readonly start?: Start;
  /** Keeps the neuron fields of several uses of the same weights apart: `test:`, `probe:`. Default none. */
  readonly prefix?: string;
}

export interface Network {
  readonly batch: number;
  readonly output: Output;
  readonly prefix: string;
  readonly populations: readonly Population[];
  readonly projections: readonly Projection[];
  /** The class of each sample, u32 [batch]; 0xffffffff means that there is no sample. */
  readonly target: Field;
  /** Loss and correctness of each sample: [batch, 2]. */
  readonly score: Field;
  /** Training steps done: u32 [1]. */
  readonly clock: Field;
}

/** How many classes the output tells apart: one for each neuron, or two where a single neuron says yes or no. */
export function classesOf(size: number, output: Output): number {
  return size === 1 && output !== "softmax" ? 2 : size;
}

const clockField: Field = {
  name: "clock",
  site: "global",
  home: "",
  shape: [1],
  type: "u32",
  role: "setting",
};

/** No field of a network can be so wide that a 32-bit index could not reach its end. */
const widest = 2 ** 27;

/** @throws one sentence when a layer size, the batch or a name can't be used */
export function checkNetwork(options: NetworkOptions): void {
  const { layers, batch = 128, activation = "relu", output = "softmax" } = options;
  if (layers.length < 2)
    throw new Error(
      `A network needs an input and an output layer, but layers has ${layers.length} sizes: [${layers}].`,
    );
  layers.forEach((size, index) => {
    if (!Number.isInteger(size) || size < 1 || size > widest)
      throw new Error(
        `Layer ${index} must have a whole number of neurons from 1 to ${widest}, but got ${size}; the layers were [${layers}].`,
      );
  });
  if (!Number.isInteger(batch) || batch < 1 || batch > 65_535)
    throw new Error(`The batch must be a whole number from 1 to 65535, but got ${batch}.`);
  if (!activations.includes(activation)) throw new Error(unknownName("activation", activation, activations));
  const outputs = ["softmax", ...activations];
  if (!outputs.includes(output)) throw new Error(unknownName("output", output, outputs));
}

/** Builds the description of a fully connected network. @throws as `checkNetwork` */
export function network(options: NetworkOptions): Network {
  checkNetwork(options);
  const {
    layers,
    batch = 128,
    activation = "relu",
    output = "softmax",
    prefix = "",
    start = "random",
  } = options;
  const last = layers.length - 1;
  const populations = layers.map((size, layer): Population => {
    const name =
      layer === 0 ? "input" : layer === last ? "output" : layers.length === 3 ? "hidden" : `hidden${layer}`;
    const own =
      layer === 0 ? "identity" : layer < last ? activation : output === "softmax" ? "identity" : output;
    return {
      name,
      layer,
      size,
      batch,
      activation: own,
      activity: neuronField(name, "activity", batch, size, prefix, layer === 0 ? "input" : undefined),
      error: neuronField(name, "error", batch, size, prefix),
    };
  });
  return {
    batch,
    output,
    prefix,
    populations,
    projections: populations.slice(1).map((post, index) => projection(populations[index]!, post, start)),
    target: {
      name: `${prefix}target`,
      site: "neuron",
      home: "output",
      shape: [batch],
      type: "u32",
      role: "target",
    },
    score: neuronField("output", "score", batch, 2, prefix),
    clock: clockField,
  };
}

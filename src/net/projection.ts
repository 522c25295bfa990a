/**
 * Projection: the synapses from one population to another.
 *
 * Dense: field [pre + 1, post], row-major, row i the outgoing synapses of pre neuron i; the last row is the bias,
 * the synapses of a neuron that always says 1. A feedback field has the layout of the weight it stands for, so
 * that feedback alignment with B = Wᵀ is backprop bit for bit.
 */
import type { Field, Initial } from "../gpu/field";
import type { Activation, Population } from "./population";

export interface Projection {
  readonly name: string;
  /** The layer of its post population, 1 to L. */
  readonly layer: number;
  readonly pre: Population;
  readonly post: Population;
  readonly weight: Field;
}

/**
 * The bound of the uniform distribution that weights start from: √(6 / fan-in) before a ReLU and before the output
 * (He et al. 2015, eq. 10), √(6 / (fan-in + fan-out)) before an activation that saturates (Glorot & Bengio 2010, eq. 16).
 */
export function initialBound(fanIn: number, fanOut: number, activation: Activation): number {
  const saturates = activation === "tanh" || activation === "sigmoid" || activation === "hard-sigmoid";
  return Math.sqrt(6 / (saturates ? fanIn + fanOut : fanIn));
}

/** A synapse-sited field from `pre` to `post`, with the bias row: [pre + 1, post]. */
export function synapseField(
  pre: Pick<Population, "name" | "size">,
  post: Pick<Population, "name" | "size">,
  what: string,
  initial: Initial = { kind: "zero" },
): Field {
  const home = `${pre.name}-${post.name}`;
  return {
    name: `${home}/${what}`,
    site: "synapse",
    home,
    shape: [pre.size + 1, post.size],
    type: "f32",
    initial,
  };
}

/** @param start how its weights start: drawn at random, or all zero */
export function projection(
  pre: Population,
  post: Population,
  start: "random" | "zero" = "random",
): Projection {
  const name = `${pre.name}-${post.name}`;
  const bound = initialBound(pre.size, post.size, post.activation);
  const drawn: Initial = { kind: "uniform", bound, stream: `${name}/weight`, zeroLastRow: true };
  const weight = synapseField(pre, post, "weight", start === "zero" ? { kind: "zero" } : drawn);
  return { name, layer: post.layer, pre, post, weight };
}

/** Population: neurons that share a layer and an activation, and the fields they carry for every sample of a batch. */
import type { Field, Role } from "../gpu/field";

/** Activations by the names of shaders/lib/activation/; `hard-sigmoid` is min(max(z, 0), 1), as in Scellier & Bengio 2017. */
export const activations = ["identity", "relu", "tanh", "sigmoid", "hard-sigmoid"] as const;
export type Activation = (typeof activations)[number];

export interface Population {
  readonly name: string;
  /** 0 for the input, L for the output. */
  readonly layer: number;
  readonly size: number;
  readonly batch: number;
  readonly activation: Activation;
  /** What the neurons say: [batch, size]. */
  readonly activity: Field;
  /** The gradient of each sample's loss by the neuron's drive z, or what a rule puts in its place: [batch, size]. */
  readonly error: Field;
}

/** A neuron-sited field of a population, [batch, size]; `prefix` keeps the fields of different uses apart. */
export function neuronField(
  home: string,
  what: string,
  batch: number,
  size: number,
  prefix = "",
  role?: Role,
): Field {
  return {
    name: `${prefix}${home}/${what}`,
    site: "neuron",
    home,
    shape: [batch, size],
    type: "f32",
    ...(role && { role }),
  };
}

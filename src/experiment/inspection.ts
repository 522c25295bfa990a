/** Inspection: what can be told of one synapse and one sample, as the library, the terminal and the page all have it. */
import type { HeardValue, Origin } from "../audit/audit";
import type { Field, FieldData } from "../gpu/field";
import type { ReadIndex } from "../gpu/schedule";
import type { Values } from "../net/optimiser";

/** Which synapse, by its layer (1 to L) and its two neurons; a pre of the layer's size is the bias. */
export interface SynapsePlace {
  readonly layer: number;
  readonly pre: number;
  readonly post: number;
}

/** One sample: [inputs], and its class. */
export interface Sample {
  readonly input: Float32Array;
  readonly label: number;
}

/** Where a network stands that has learned already. */
export interface Learned {
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly values: Values;
  /** By field name. */
  readonly fields: ReadonlyMap<string, FieldData>;
}

/** A value that an update read, as it was right before. */
export interface Heard {
  readonly field: string;
  readonly site: Field["site"];
  /** Where it was read: at the synapse, its pre neuron, its post neuron, or once for all. */
  readonly at: "synapse" | "pre" | "post" | "global";
  /** `layer` and `dendrite`: the update read others beside this one. */
  readonly index: ReadIndex;
  /** By the audit. */
  readonly origin: Origin;
  /** By the audit, of a delivered value: what neurons say anyway, or fields that exist to carry errors. */
  readonly carrier: HeardValue["carrier"];
  /** One number, or one for each row where a field holds several (two phases side by side). */
  readonly values: readonly number[];
}

/** One record that moves the weight. */
export interface SynapseUpdate {
  /** Place among the step's records, from 1, of how many. */
  readonly record: number;
  readonly records: number;
  readonly phase: string;
  readonly kernel: string;
  readonly heard: readonly Heard[];
  /** What the rule asked for before the optimiser made a step against it, as it would of a gradient; null where it can’t be told apart. */
  readonly direction: number | null;
  /** At which the record moves the weight, at this step. */
  readonly rate: number;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** The optimiser's memory of the synapse, before and after. */
  readonly memory: { readonly before: readonly number[]; readonly after: readonly number[] } | null;
}

export interface Inspection {
  readonly rule: string;
  readonly weight: string;
  readonly layer: number;
  readonly pre: number;
  readonly post: number;
  /** True for the synapse of the neuron that always says 1. */
  readonly bias: boolean;
  readonly label: number;
  /** Training steps that the network had behind it. */
  readonly steps: number;
  /** The optimiser's numbers and the rule's. */
  readonly values: Values;
  readonly updates: readonly SynapseUpdate[];
  /** Sum of all updates; the optimiser's memory of earlier samples and its decay have their part in it. */
  readonly change: number;
  /** The sum of −rate · direction: the step that this sample alone asks for. */
  readonly alone: number | null;
  readonly backprop: {
    /** The gradient of this sample's loss by the weight; null where the rule has no such loss for it. */
    readonly gradient: number | null;
    /** −rate · gradient: the step of plain gradient descent, at the rate of the rule’s own update. */
    readonly asks: number | null;
    /** Whether this sample alone moves the weight the same way. */
    readonly agrees: "yes" | "no" | "neither moves" | null;
  };
  /** Lasting fields whose shape depends on the batch, and which therefore began afresh. */
  readonly fresh: readonly string[];
}

/** @throws one sentence with the range */
export function checkPlace(layers: readonly number[], { layer, pre, post }: SynapsePlace): void {
  const whole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  const last = layers.length - 1;
  if (!whole(layer, 1, last))
    throw new Error(`The layer must be a whole number from 1 to ${last}, but got ${layer}.`);
  const [before = 0, own = 0] = [layers[layer - 1], layers[layer]];
  if (!whole(pre, 0, before))
    throw new Error(
      `The pre neuron of layer ${layer} must be a whole number from 0 to ${before - 1}, or ${before} for the bias, but got ${pre}.`,
    );
  if (!whole(post, 0, own - 1))
    throw new Error(
      `The post neuron of layer ${layer} must be a whole number from 0 to ${own - 1}, but got ${post}.`,
    );
}

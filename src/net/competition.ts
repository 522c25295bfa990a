/**
 * Layers that compete, as Krotov & Hopfield's and SoftHebb's do: inputs of one length, a drive that is compared across the
 * layer, and features that are passed on as a power of the drive, brought to one length in their turn.
 */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import { linear, readOut, unsupervised } from "./hebbian";
import type { Parameter } from "./optimiser";
import type { Population } from "./population";
import type { Projection } from "./projection";

/** Parameters of every such layer. */
export const competitionParams = {
  radius: { default: 0.05, min: 1e-3, max: 100, about: "length R that a neuron's weights come to" },
  power: { default: 4.5, min: 1, max: 20, about: "power n of the drive that is passed on" },
} as const satisfies Record<string, Parameter>;

/** What a normalisation makes 1: the sum of a population's squares, or their mean. */
type Measure = "squared length" | "mean square";

const scaleOf = (measure: Measure, { size }: Population) => (measure === "mean square" ? 1 / size : 1);

/** A population's values brought to one length, and the measure that they were divided by the root of. */
interface Normalised {
  readonly value: Field;
  readonly square: Field;
  readonly measure: Measure;
}

function normalise(
  step: Builder,
  of: Population,
  from: Field,
  to: Field,
  measure: Measure,
  layer: number,
): Normalised {
  const square = step.global(`${of.name}/${measure}`);
  const [columns, scale] = [of.size, scaleOf(measure, of)];
  step.sum("neuron/square", square, { value: from }, { layer, columns, scale });
  step.local("neuron/competition/normalise", to, { value: from, square }, { layer });
  return { value: to, square, measure };
}

/** Sends an error back through a normalisation, in place. */
function throughNormalisation(
  step: Builder,
  error: Field,
  of: Population,
  { value, square, measure }: Normalised,
): void {
  const { size: columns, layer } = of;
  const along = step.global(`${of.name}/along`);
  step.sum(
    "neuron/competition/overlap",
    along,
    { a: error, b: value },
    { layer, columns, scale: scaleOf(measure, of) },
  );
  step.local("neuron/competition/tangent", error, { error, value, along, square }, { layer });
}

/** What one layer makes of its input. */
export interface Response {
  /** The pre activity as the synapses meet it: of length 1. */
  readonly input: Normalised;
  /** u = W x. */
  readonly drive: Field;
  /** What is passed on: ReLU(u / R)ⁿ with a mean square of 1. */
  readonly features: Normalised;
}

/** A layer answers to its input. */
export function respond(step: Builder, projection: Projection): Response {
  const { pre, post, layer } = projection;
  step.inPhase("forward");
  const input = normalise(step, pre, pre.activity, step.neurons(pre, "unit"), "squared length", layer);
  const drive = linear(step, projection, input.value);
  const raw = step.neurons(post, "power");
  step.local("neuron/competition/rectified-power", raw, { drive }, { layer });
  const features = normalise(step, post, raw, post.activity, "mean square", layer);
  return { input, drive, features };
}

/** The true gradient of the readout's loss, for comparison: its error sent back through everything that `respond` did. */
export function competitionGradient(step: Builder): void {
  const layers = unsupervised(step).map((projection) => ({ projection, ...respond(step, projection) }));
  let error = readOut(step);
  let above = step.net.projections.at(-1)!;
  let input: Normalised | undefined; // of the projection above, where it was normalised
  step.inPhase("backward");
  for (const { projection, drive, features, input: below } of layers.reverse()) {
    const { post, layer } = projection;
    const sent = step.transport(above.weight, error, post, { activation: "identity" });
    step.correlate(input?.value ?? post.activity, error, above.weight, above.layer);
    if (input) throughNormalisation(step, sent, post, input);
    throughNormalisation(step, sent, post, features);
    error = step.local("neuron/competition/rectified-power-error", sent, { error: sent, drive }, { layer });
    [above, input] = [projection, below];
  }
  step.correlate(input?.value ?? above.pre.activity, error, above.weight, above.layer);
}

/** The winner of each sample gets 1, the neuron at `place` gets `place`, all others 0; of equals the earlier one is first. */
export function ranked(step: Builder, post: Population, value: Field, place: number): Field {
  const { batch, size, layer } = post;
  if (place > size)
    throw new Error(
      `The neuron at place ${place} of a layer was asked for, but ${post.name} has ${size}; make the layer larger or the rank smaller.`,
    );
  const to = step.neurons(post, "place");
  step.add({
    verb: "pool",
    kernel: "pool/rank",
    bind: { value, place: to },
    writes: [{ field: to, from: [{ field: value, index: "layer" }] }],
    layer,
    constants: { BATCH: batch, SIZE: size, PLACE: place },
    groups: batch,
  });
  return to;
}

/** Every neuron's share of exp(value) over its layer: soft winner-take-all. */
export function softmax(step: Builder, post: Population, value: Field): Field {
  const { batch, size, layer } = post;
  const share = step.neurons(post, "share");
  step.add({
    verb: "pool",
    kernel: "pool/softmax",
    bind: { value, share },
    writes: [{ field: share, from: [{ field: value, index: "layer" }] }],
    layer,
    constants: { BATCH: batch, SIZE: size },
    groups: batch,
  });
  return share;
}

const parts = 64;

/** The largest magnitude in a field: [1, 1]. */
export function largest(step: Builder, value: Field, layer: number): Field {
  const most = (from: Field, what: string, groups: number): Field => {
    const to = step.global(`${value.name} ${what}`, [groups, 1]);
    step.add({
      verb: "pool",
      kernel: "pool/largest",
      bind: { value: from, result: to },
      writes: [{ field: to, from: [{ field: from, index: "layer" }] }],
      layer,
      constants: { GROUPS: groups },
      groups,
    });
    return to;
  };
  return most(most(value, "largest in parts", parts), "largest", 1);
}

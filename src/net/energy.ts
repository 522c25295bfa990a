/** What the rules whose neurons settle share: numbers that show the settling, and the squared error of any output. */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import { bindEquation, placeOf } from "./equation";
import type { Activation, Population } from "./population";
import { activationSlot, own } from "./synapses";

/** Where a number is written: the row counts settling steps, the column layers. */
export interface Cell {
  /** Of the first turn of the repeat around the record; later turns take the rows below it. */
  readonly row: number;
  readonly layer: number;
  /** Reads only the second of every two rows: the copy that is nudged. Default false. */
  readonly second?: boolean;
  /** What the sum is multiplied by. Default 1. */
  readonly scale?: number;
}

/** A metric of a settling network: a row for each of `steps` states, a column for each layer above the input. */
export function settlingMetric(step: Builder, what: string, steps: number): Field {
  return step.global(what, [steps, step.net.projections.length], "metric");
}

/**
 * The sum over a population of an equation's terms, `fn term` of shaders/`equation`.wgsl, averaged over the batch, into one
 * cell of a metric. The layers' sum is the network's: its energy, its distance to equilibrium.
 * @param fields the equation's arguments, all of one shape
 */
export function measure(
  step: Builder,
  equation: string,
  metric: Field,
  fields: Readonly<Record<string, Field>>,
  { row, layer, second = false, scale = 1 }: Cell,
): void {
  const [rows = 1, columns = 1] = Object.values(fields)[0]!.shape;
  const settings = () => step.net.clock; // never asked for: a measure takes no numbers
  const scope = { fields, numbers: [], settings, clock: step.net.clock, seed: 0, layer };
  const bound = bindEquation(equation, "term", scope);
  const call = bound.call((field, argument, type) => placeOf(field, argument, type, rows, columns));
  const text = `${bound.declarations}
fn evaluate(at: u32, row: u32, quad: u32, neuron: vec4u) -> vec4f { return ${call}; }`;
  step.add({
    verb: "pool",
    kernel: "pool/measure",
    bind: { ...bound.bind, result: metric },
    writes: [
      {
        field: metric,
        from: [...bound.reads.map((field) => ({ field, index: "batch" }) as const), ...own(metric)],
      },
    ],
    layer,
    slots: { EQUATION: equation, ARGUMENTS: { name: `${equation} arguments`, text } },
    constants: {
      ROWS: rows,
      COLUMNS: columns,
      START: second ? 1 : 0,
      STRIDE: second ? 2 : 1,
      SCALE: scale,
      ROW: row,
      COLUMN: layer - 1,
      LAYERS: metric.shape[1]!,
    },
    groups: 1,
  });
}

/**
 * Half the squared distance of the output's activity to the one-hot target, whatever the network scores by.
 * @param activation whose slope the error is multiplied by; the output's own unless told
 */
export function squaredError(
  step: Builder,
  output: Population,
  score: Field,
  activation: Activation = output.activation,
): void {
  const { target, batch } = step.net;
  const { activity, error } = output;
  step.add({
    verb: "pool",
    kernel: "pool/squared-error",
    bind: { activity, label: target, error, score },
    writes: [
      { field: error, from: own(activity, target) },
      { field: score, from: [{ field: activity, index: "layer" }, ...own(target)] },
    ],
    layer: output.layer,
    slots: activationSlot(activation),
    constants: { BATCH: batch, SIZE: output.size },
    threads: batch,
  });
}

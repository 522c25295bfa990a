/**
 * Builder: the operators that rules write schedules with. Those on synapses are in `synapses.ts`; here are those on neurons.
 * Reads are declared here and there and nowhere else; a test perturbs everything that is not declared.
 */
import type { Field, Initial } from "../gpu/field";
import type { ReadIndex, Write } from "../gpu/schedule";
import { bindEquation, placeOf } from "./equation";
import { neuronField, type Population } from "./population";
import { activationSlot, own, SynapseOperators } from "./synapses";

/** Samples on the GPU: a split's data [count, inputs] and labels [count]; [ring, …] where they are streamed. */
export interface SplitFields {
  readonly data: Field;
  readonly labels: Field;
  readonly count: number;
  /** How many samples the fields hold, where the host streams them: the one at position p of its order is at p mod ring. */
  readonly ring?: number;
}

const as = (index: ReadIndex, ...fields: readonly Field[]) => fields.map((field) => ({ field, index }));

export class Builder extends SynapseOperators {
  /** Puts a batch of samples in: shuffled by the clock for training, in order by the repeat's index for a test. */
  sample(split: SplitFields, order: "shuffled" | "in-order"): void {
    const { populations, target, batch, clock } = this.net;
    const input = populations[0]!.activity;
    const shuffled = order === "shuffled";
    const timed = shuffled ? [clock] : [];
    const { ring } = split;
    this.add({
      verb: "local",
      kernel: "local/sample",
      bind: {
        data: split.data,
        labels: split.labels,
        activity: input,
        label: target,
        ...(shuffled && { clock }),
      },
      writes: [
        { field: input, from: own(split.data, ...timed) },
        { field: target, from: own(split.labels, ...timed) },
      ],
      layer: 0,
      slots: {
        POSITION: `lib/position/${ring === undefined ? "" : "streamed-"}${order}`,
        PIXEL: split.data.type === "u8" ? "lib/pixel/u8" : "lib/pixel/f32",
      },
      constants: {
        ...{ COUNT: split.count, BATCH: batch, SIZE: input.shape[1]!, SEED: this.seed },
        ...(ring !== undefined && { RING: ring }),
      },
      groups: batch,
    });
  }

  /**
   * Every neuron takes its next value from an equation, `fn next` of shaders/`equation`.wgsl, over its own values.
   * @param to what is written: [rows, columns]; it may be among the fields, which then gives its old value
   * @param fields the arguments by name, each of the same shape, or with an extent of 1 where it is the same for all
   * @param slots what fills the imports in capitals that the equation may have, such as ACTIVATION
   */
  local(
    equation: string,
    to: Field,
    fields: Readonly<Record<string, Field>>,
    { layer, slots }: { layer: number; slots?: Readonly<Record<string, string>> },
  ): Field {
    const [rows = 1, columns = 1] = to.shape;
    const { bind, reads, text } = this.equation(equation, "next", to, fields, rows, columns, layer);
    this.add({
      verb: "local",
      kernel: "local/equation",
      bind: { ...bind, result: to },
      writes: [{ field: to, from: own(...reads) }],
      layer,
      slots: { EQUATION: equation, ARGUMENTS: { name: `${equation} arguments`, text }, ...slots },
      constants: { ROWS: rows, COLUMNS: columns },
      threads: rows * Math.ceil(columns / 4),
    });
    return to;
  }

  /**
   * What each neuron holds on the average over the batch: the mean of an equation, `fn term`, over the samples.
   * @param to [1, columns]
   */
  average(
    equation: string,
    to: Field,
    fields: Readonly<Record<string, Field>>,
    { layer, rows = this.net.batch }: { layer: number; rows?: number },
  ): Field {
    const columns = to.shape[1]!;
    const { bind, reads, text } = this.equation(equation, "term", to, fields, rows, columns, layer);
    this.add({
      verb: "local",
      kernel: "local/average",
      bind: { ...bind, result: to },
      writes: [{ field: to, from: own(...reads) }],
      layer,
      slots: { EQUATION: equation, ARGUMENTS: { name: `${equation} arguments`, text } },
      constants: { ROWS: rows, COLUMNS: columns },
      threads: Math.ceil(columns / 4),
    });
    return to;
  }

  /**
   * A population's sum, for each sample, of an equation's terms: `fn term` of shaders/`equation`.wgsl.
   * @param to [rows, 1]
   * @param options.columns how many neurons are summed
   * @param options.scale what the sum is multiplied by; default 1
   */
  sum(
    equation: string,
    to: Field,
    fields: Readonly<Record<string, Field>>,
    { layer, columns, scale = 1 }: { layer: number; columns: number; scale?: number },
  ): Field {
    const rows = to.shape[0]!;
    const { bind, reads, text } = this.equation(equation, "term", to, fields, rows, columns, layer);
    this.add({
      verb: "pool",
      kernel: "pool/sum",
      bind: { ...bind, result: to },
      writes: [{ field: to, from: [...as("layer", ...reads)] }],
      layer,
      slots: { EQUATION: equation, ARGUMENTS: { name: `${equation} arguments`, text } },
      constants: { ROWS: rows, COLUMNS: columns, SCALE: scale },
      groups: rows,
    });
    return to;
  }

  /** The mean over the batch of one value a sample, [batch, 1], into the row of the turn of `to`, [turns, 1]. */
  total(value: Field, to: Field, { layer }: { layer: number }): Field {
    this.add({
      verb: "pool",
      kernel: "pool/total",
      bind: { value, result: to },
      writes: [{ field: to, from: [...as("batch", value), ...own(to)] }],
      layer,
      constants: { ROWS: value.shape[0]!, TURNS: to.shape[0]! },
      groups: 1,
    });
    return to;
  }

  /** An equation bound over [rows, columns]; `result` may be one of its arguments. */
  private equation(
    equation: string,
    name: string,
    to: Field,
    fields: Readonly<Record<string, Field>>,
    rows: number,
    columns: number,
    layer: number,
  ) {
    const same = Object.entries(fields).filter(([, field]) => field.name === to.name);
    const given = Object.fromEntries(same.map(([argument]) => [argument, "result[at]"]));
    const bound = bindEquation(equation, name, this.scope(fields, layer), given);
    const call = bound.call((field, argument, type) => placeOf(field, argument, type, rows, columns));
    const text = `${bound.declarations}
fn evaluate(at: u32, row: u32, quad: u32, neuron: vec4u) -> vec4f { return ${call}; }`;
    return { ...bound, text };
  }

  /**
   * Compares the output with the target: its error, and each sample's loss and correctness.
   * @param output another population that is to say the class, such as a layer's own classifier, read as the output is
   * @param score where its loss and correctness go: [batch, 2]
   */
  readout(output = this.net.populations.at(-1)!, score = this.net.score): Field {
    const { target, batch, output: kind } = this.net;
    const softmax = kind === "softmax";
    const read = softmax ? this.drive(output) : output.activity;
    const from = [...(softmax ? as("layer", read) : own(read)), ...own(target)];
    const writes: Write[] = [
      ...(softmax ? [{ field: output.activity, from: as("layer", read) }] : []),
      { field: output.error, from },
      { field: score, from: [...as("layer", read), ...own(target)] },
    ];
    this.add({
      verb: "pool",
      kernel: softmax ? "pool/cross-entropy" : "pool/squared-error",
      bind: {
        ...(softmax ? { drive: read, activity: output.activity } : { activity: read }),
        label: target,
        error: output.error,
        score,
      },
      writes,
      layer: output.layer,
      ...(!softmax && { slots: activationSlot(output.activation) }),
      constants: { BATCH: batch, SIZE: output.size },
      threads: batch,
    });
    return output.error;
  }

  /** Sums the batch's scores, in fixed order, into one row of `metrics` [rows, 2]: by the clock, or by the repeat's index. */
  tally(metrics: Field, order: "shuffled" | "in-order"): void {
    const { score, batch, clock } = this.net;
    const shuffled = order === "shuffled";
    const timed = shuffled ? [clock] : [];
    this.add({
      verb: "pool",
      kernel: "pool/tally",
      bind: { score, metrics, ...(shuffled && { clock }) },
      writes: [{ field: metrics, from: [...as("batch", score), ...own(metrics, ...timed)] }],
      layer: this.net.populations.length - 1,
      slots: { POSITION: `lib/position/${order}` },
      constants: { BATCH: batch, ROWS: metrics.shape[0]!, COUNT: batch, SEED: 0 },
      groups: 1,
    });
  }

  /** One training step is over: the clock moves on. */
  tick(): void {
    const { clock } = this.net;
    this.add({
      verb: "local",
      kernel: "local/tick",
      bind: { clock },
      writes: [{ field: clock, from: own(clock) }],
      layer: 0,
      threads: 1,
    });
  }

  /** Independent noise of mean 0 and variance 1 (uniform), one value a neuron and sample, new at every step. */
  noise(population: Population): Field {
    const { name, batch, size, layer } = population;
    const { clock, prefix } = this.net;
    const result = neuronField(name, "noise", batch, size, prefix);
    this.add({
      verb: "local",
      kernel: "local/noise",
      bind: { result, clock },
      writes: [{ field: result, from: own(clock) }],
      layer,
      constants: { BATCH: batch, SIZE: size, SEED: this.seed, STREAM: layer },
      threads: (batch * Math.ceil(size / 4) * 4) / 4,
    });
    return result;
  }

  /** A new neuron field of a population, beside its activity and error: [rows, columns], by default [batch, size]. */
  neurons(
    { name, batch, size }: Population,
    what: string,
    { rows = batch, columns = size }: { rows?: number; columns?: number } = {},
  ): Field {
    return neuronField(name, what, rows, columns, this.net.prefix);
  }

  /** A neuron field that outlasts the step and is the same in training and test: [rows, size], by default one row. */
  lasting({ name, size }: Population, what: string, initial: Initial = { kind: "zero" }, rows = 1): Field {
    return { ...neuronField(name, what, rows, size), initial };
  }

  /** Values of no neuron: one a sample [batch, 1], or any other shape. A `metric` is for people to read. */
  global(what: string, shape: readonly number[] = [this.net.batch, 1], role?: "metric"): Field {
    const name = `${this.net.prefix}${what}`;
    return { name, site: "global", home: "", shape, type: "f32", ...(role && { role }) };
  }

  /** Copies the sign of every weight into `to`, times `magnitude`. */
  sign(weight: Field, to: Field, magnitude: number, layer: number): void {
    const [rows = 1, columns = 1] = weight.shape;
    this.add({
      verb: "local",
      kernel: "local/sign",
      bind: { weight, result: to },
      writes: [{ field: to, from: own(weight) }],
      layer,
      constants: { MAGNITUDE: magnitude },
      threads: (rows * Math.ceil(columns / 4) * 4) / 4,
    });
  }
}

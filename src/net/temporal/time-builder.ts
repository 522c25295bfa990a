/**
 * What every schedule through time is made with: spans and segments of steps, fields that hold the past or the present, and
 * records that know which steps are theirs. The operators on synapses are in `builder.ts`.
 */
import type { Field } from "../../gpu/field";
import type { Read, ScheduleRecord } from "../../gpu/schedule";
import { Builder } from "../builder";
import type { Network } from "../network";
import { neuronField, type Population } from "../population";
import { type Change, own, type Writer } from "../synapses";
import { checkTime, segmentStarts, type Time } from "./time";

const quads = (n: number) => Math.ceil(n / 4);

export class TimeBuilder extends Builder {
  private first = 0;
  private span: number;
  protected order: "back" | "forward" = "back";

  /** @throws one sentence where the time can't be cut up so */
  constructor(
    net: Network,
    readonly time: Time,
    change: Change,
    seed: number,
    writer?: Writer,
  ) {
    checkTime(time);
    super(net, change, seed, writer);
    this.span = time.span;
  }

  /** What `body` writes, for every span of the segment that begins at `first`. */
  spans(first: number, body: () => void): void {
    this.first = first;
    this.repeat(this.time.rows / this.time.span, "t", body);
  }

  /**
   * What `body` writes, for every `span` steps of the whole trial in the order of time, errors too: for learning that needs no
   * future. The span divides the rows that histories keep.
   */
  onward(span: number, body: () => void): void {
    const before = [this.span, this.order] as const;
    [this.first, this.span, this.order] = [0, span, "forward"];
    this.repeat(this.time.steps / span, "t", body);
    [this.span, this.order] = before;
  }

  /** Where segments begin, in the order of time. */
  get segments(): number[] {
    return segmentStarts(this.time);
  }

  /** What a population held at each of several steps: [rows, batch, size], by default a segment's. */
  history({ name, batch, size }: Population, what: string, rows = this.time.rows): Field {
    return { ...neuronField(name, what, batch, size, this.net.prefix), shape: [rows, batch, size] };
  }

  /** What a population holds at each step of a span, and no longer: [span, batch, size]. */
  passing(population: Population, what: string): Field {
    return this.history(population, what, this.span);
  }

  /** One word a neuron and sample: u32 [batch, size]. */
  words(population: Population, what: string): Field {
    return { ...this.neurons(population, what), type: "u32" };
  }

  /** Of a history, what a record of a span leaves as it was: nothing where the span writes all of its rows. */
  kept(history: Field): Field[] {
    return history.shape[0]! > this.span ? [history] : [];
  }

  /** True where a record takes the whole trial: it then begins at rest and needs nothing of what was before. */
  get takesAll(): boolean {
    return this.span === this.time.steps;
  }

  /** What a write reads: `first` where a record takes a single step, and `later` as well where its own steps follow on it. */
  within(first: readonly Field[], later: readonly Field[]): Read[] {
    const more =
      this.span === 1 ? [] : later.filter(({ name }) => first.every((field) => field.name !== name));
    return own(...first, ...more);
  }

  /** A record that works through a span; `writes` and what they read are the operator's to tell. */
  inTime(record: Omit<ScheduleRecord, "phase">): void {
    const constants = { FIRST: this.first, SPAN: this.span, ROWS: this.time.rows, ...record.constants };
    this.add({ ...record, constants });
  }

  /** Sets fields to zero: everything starts from rest. */
  clear(layer: number, ...fields: readonly Field[]): void {
    for (const field of fields)
      this.add({
        verb: "local",
        kernel: "temporal/clear",
        bind: { result: field },
        writes: [{ field, from: [] }],
        layer,
        threads: quads(field.shape.at(-1)!) * field.shape.slice(0, -1).reduce((a, b) => a * b, 1),
      });
  }

  /** Copies row `from` of a history to row `to` of another; a field without rows of time counts as one row. */
  copyRow(value: Field, from: number, result: Field, to: number, layer: number): void {
    const [rows = 1, columns = 1] = result.shape.slice(-2);
    const size = rows * quads(columns);
    this.add({
      verb: "local",
      kernel: "temporal/copy-row",
      bind: { value, result },
      writes: [{ field: result, from: own(value, ...(result.shape.length > 2 ? [result] : [])) }],
      layer,
      constants: { QUADS: size, FROM: from, TO: to },
      threads: size,
    });
  }
}

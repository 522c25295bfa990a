/**
 * The operators of networks that live in time: spikes travel through synapses, errors come back, and synapses add up what
 * they see, at every step of a trial. Each writes one record for a span of steps and declares what it reads.
 */
import type { Field, Initial } from "../../gpu/field";
import type { Read, ScheduleRecord } from "../../gpu/schedule";
import { Builder } from "../builder";
import type { Network } from "../network";
import { neuronField, type Population } from "../population";
import { type Change, type Learning, own, type Writer } from "../synapses";
import { checkTime, segmentStarts, type Time } from "./time";

/** A way through synapses: which, how late spikes arrive, and whether they add to what others brought. */
export interface Passage {
  readonly weight: Field;
  /** Steps that a spike travels; default 0. */
  readonly delay?: number;
  /** Adds to what is there; default false. */
  readonly add?: boolean;
}

const quads = (n: number) => Math.ceil(n / 4);

export class TemporalBuilder extends Builder {
  private first = 0;
  private span: number;
  private order: "back" | "forward" = "back";

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

  /** Where synapses add up their change over a trial, in the layout of their weight. */
  gradient(weight: Field): Field {
    const initial: Initial = { kind: "zero" };
    return { ...weight, name: `${this.net.prefix}${weight.home}/gradient`, initial };
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

  /** Tells that activity travels through a weight: no error may come back through a newer one. */
  travels(weight: Field): void {
    this.pass({ what: "project", field: weight.name });
  }

  /** drive = W·spikes, step by step: [rows, batch, pre] to [span, batch, post]. */
  projectSpikes(
    spikes: Field,
    { weight, delay = 0, add = false }: Passage,
    drive: Field,
    layer: number,
  ): void {
    const [batch = 1, post = 1] = drive.shape.slice(-2);
    this.travels(weight);
    this.inTime({
      verb: "project",
      kernel: "temporal/project",
      bind: { spikes, weight, drive },
      writes: [{ field: drive, from: own(spikes, weight, ...(add ? [drive] : [])) }],
      layer,
      constants: {
        ...{ BATCH: batch, IN: weight.shape[0]!, OUT: post, DELAY: delay, ADD: add ? 1 : 0 },
        SPIKE_ROWS: spikes.shape[0]!,
      },
      threads: batch * quads(post),
    });
  }

  /** result = Wᵀ·signal, step by step: what post neurons send back, `delay` steps later than the spikes left. */
  transportBack(
    signal: Field,
    { weight, delay = 0, add = false }: Passage,
    result: Field,
    layer: number,
  ): void {
    const [batch = 1, pre = 1] = result.shape.slice(-2);
    const keeps = add || result.shape[0]! > this.span; // a history's other rows stay
    this.pass({ what: "transport", field: weight.name });
    this.inTime({
      verb: "transport",
      kernel: "temporal/transport",
      bind: { signal, weight, result },
      writes: [{ field: result, from: own(signal, weight, ...(keeps ? [result] : [])) }],
      layer,
      constants: {
        ...{ BATCH: batch, IN: pre, OUT: signal.shape.at(-1)!, DELAY: delay, ADD: add ? 1 : 0 },
        ...{ STEPS: this.time.steps, FORWARD: this.order === "forward" ? 1 : 0 },
      },
      threads: batch * quads(pre),
    });
  }

  /** Every synapse adds what its pre neuron's spikes and its post neuron's error of the span come to. */
  correlateSpikes(spikes: Field, error: Field, { weight, delay = 0 }: Passage, layer: number): void {
    const gradient = this.gradient(weight);
    const [pre = 1, post = 1] = weight.shape;
    this.accumulate("temporal/correlate", { spikes, error }, gradient, layer, {
      constants: {
        ...{ BATCH: error.shape[1]!, IN: pre, OUT: post, DELAY: delay },
        ...{ SPIKE_ROWS: spikes.shape[0]!, FORWARD: this.order === "forward" ? 1 : 0 },
      },
      groups: Math.ceil((quads(pre) * quads(post)) / 8),
    });
  }

  /** A record in which synapses add to what they have added up so far. */
  accumulate(
    kernel: string,
    bind: Readonly<Record<string, Field>>,
    gradient: Field,
    layer: number,
    extra: Pick<ScheduleRecord, "constants" | "threads" | "groups">,
  ): void {
    const from: Read[] = own(...Object.values(bind), gradient);
    this.inTime({
      verb: "correlate",
      kernel,
      bind: { ...bind, gradient },
      writes: [{ field: gradient, from }],
      layer,
      ...extra,
    });
  }

  /**
   * The optimiser takes its step along the mean over the batch of what a weight's synapses added up.
   * @param options.gradient what others added up, for synapses that make the same change as they do
   */
  descend(
    weight: Field,
    layer: number,
    { gradient = this.gradient(weight), settings }: { gradient?: Field } & Pick<Learning, "settings"> = {},
  ): void {
    const per: Field = {
      name: `${this.net.prefix}samples`,
      ...{ site: "global", home: "", shape: [1, 1], type: "f32", role: "setting" },
      initial: { kind: "constant", value: this.net.batch },
    };
    this.follow(gradient, per, weight, layer, { ...(settings && { settings }) });
  }
}

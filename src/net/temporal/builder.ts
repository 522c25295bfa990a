/**
 * The operators of networks that live in time: spikes travel through synapses, errors come back, and synapses add up what
 * they see, at every step of a trial. Each writes one record for a span of steps and declares what it reads.
 */
import type { Field, Initial } from "../../gpu/field";
import type { Read, ScheduleRecord } from "../../gpu/schedule";
import { type Learning, own } from "../synapses";
import { TimeBuilder } from "./time-builder";

/** A way through synapses: which, how late spikes arrive, and whether they add to what others brought. */
export interface Passage {
  readonly weight: Field;
  /** Steps that a spike travels; default 0. */
  readonly delay?: number;
  /** Adds to what is there; default false. */
  readonly add?: boolean;
}

const quads = (n: number) => Math.ceil(n / 4);

export class TemporalBuilder extends TimeBuilder {
  /** Where synapses add up their change over a trial, in the layout of their weight. */
  gradient(weight: Field): Field {
    const initial: Initial = { kind: "zero" };
    return { ...weight, name: `${this.net.prefix}${weight.home}/gradient`, initial };
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
    this.pass({ what: "transport", field: weight.name });
    this.inTime({
      verb: "transport",
      kernel: "temporal/transport",
      bind: { signal, weight, result },
      writes: [{ field: result, from: own(signal, weight, ...(add ? [result] : this.kept(result))) }],
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

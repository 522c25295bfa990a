/**
 * Builder: the operators that rules write schedules with. Each writes one record and declares exactly what that
 * record reads, so reads are declared here and nowhere else; a test perturbs everything that is not declared.
 */
import type { Field } from "../gpu/field";
import type { Read, ReadIndex, Write } from "../gpu/schedule";
import type { Network } from "./network";
import { directionName, type OptimiserName, optimisers, type SettingSource, stateField } from "./optimiser";
import { neuronField, type Population } from "./population";
import type { Projection } from "./projection";
import { Recorder } from "./recorder";

/** What `correlate` does with a direction: an optimiser's step, or writing it out to be looked at. */
export type Change = OptimiserName | "written";

/** Samples on the GPU: a split's data [count, inputs] and labels [count]. */
export interface SplitFields {
  readonly data: Field;
  readonly labels: Field;
  readonly count: number;
}

const own = (...fields: readonly Field[]): Read[] => fields.map((field) => ({ field, index: "own" }));
const as = (index: ReadIndex, ...fields: readonly Field[]): Read[] =>
  fields.map((field) => ({ field, index }));

/** A population's activation, and its slope as found from the output. */
const activationSlot = (population: Population) => ({
  ACTIVATION: `lib/activation/${population.activation}`,
});

export class Builder extends Recorder {
  constructor(
    readonly net: Network,
    /** What `correlate` does unless told otherwise. */
    private readonly change: Change,
    /** Keys the random numbers that a rule draws while it learns. */
    private readonly seed: number,
  ) {
    super();
  }

  /** Puts a batch of samples in: shuffled by the clock for training, in order by the repeat's index for a test. */
  sample(split: SplitFields, order: "shuffled" | "in-order"): void {
    const { populations, target, batch, clock } = this.net;
    const input = populations[0]!.activity;
    const shuffled = order === "shuffled";
    const timed = shuffled ? [clock] : [];
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
        POSITION: `lib/position/${order}`,
        PIXEL: split.data.type === "u8" ? "lib/pixel/u8" : "lib/pixel/f32",
      },
      constants: { COUNT: split.count, BATCH: batch, SIZE: input.shape[1]!, SEED: this.seed },
      groups: batch,
    });
  }

  /**
   * z = W·x + b, then the activation: [batch, pre] to [batch, post].
   * @param options.from what travels instead of the pre activity (noise, say)
   * @param options.to where it goes instead of the post activity; then no activation is applied and the bias is left out
   */
  project(projection: Projection, options: { from?: Field; to?: Field } = {}): Field {
    const { pre, post, weight, layer } = projection;
    const readAside = options.to !== undefined;
    const activity = options.from ?? pre.activity;
    const result = options.to ?? (this.isSoftmax(post) ? this.drive(post) : post.activity);
    this.noteProject(weight);
    this.add({
      verb: "project",
      kernel: "dense/project",
      bind: { pre: activity, weight, post: result },
      writes: [{ field: result, from: own(activity, weight) }],
      layer,
      slots: { ACTIVATION: readAside ? "lib/activation/identity" : activationSlot(post).ACTIVATION },
      constants: { BIAS: readAside ? 0 : 1 },
    });
    return result;
  }

  private isSoftmax({ layer }: Population): boolean {
    return this.net.output === "softmax" && layer === this.net.populations.length - 1;
  }

  /** The drive z of a softmax population: what it receives before the population is normalised. */
  private drive({ name, batch, size }: Population): Field {
    return neuronField(name, "drive", batch, size, this.net.prefix);
  }

  /**
   * e_pre = f′(z_pre) · (Wᵀ·e): sends `error` back through `through` and applies the slope of the receiver's activation.
   * @throws when `through` is a weight that changed since its own project, which is not backprop's gradient any more
   */
  transport(through: Field, error: Field, to: Population, layer = to.layer): Field {
    this.checkTransport(through);
    this.add({
      verb: "transport",
      kernel: "dense/transport",
      bind: { error, weight: through, activity: to.activity, result: to.error },
      writes: [{ field: to.error, from: own(error, through, to.activity) }],
      layer,
      slots: activationSlot(to),
    });
    return to.error;
  }

  /**
   * ΔW from e ⊗ x: every synapse takes the mean over the batch of its own pre activity times its own post error, and
   * the optimiser moves it against that direction at once.
   * @param options.settings whose numbers the optimiser uses instead of the rule's main ones, by group
   */
  correlate(
    pre: Field,
    error: Field,
    weight: Field,
    layer: number,
    options: { change?: OptimiserName; settings?: readonly [group: string, SettingSource] } = {},
  ): void {
    const change = this.change === "written" ? "written" : (options.change ?? this.change);
    const shape = { pre, error };
    const common = { verb: "correlate", kernel: "dense/correlate", layer } as const;
    if (change === "written") {
      const direction: Field = {
        ...weight,
        name: directionName(this.net.prefix, weight),
        initial: { kind: "zero" },
      };
      this.add({
        ...common,
        bind: { ...shape, direction },
        writes: [{ field: direction, from: own(pre, error) }],
        slots: { OPTIMISER: "optimiser/written" },
      });
      return;
    }
    const { shader, states } = optimisers[change];
    const settings = this.settingsFor(...(options.settings ?? (["weight", (values) => values] as const)));
    const state = stateField(weight, states);
    const clock = change === "adam" ? [this.net.clock] : [];
    const from = own(pre, error, weight, ...(state ? [state] : []), settings, ...clock);
    this.add({
      ...common,
      bind: { ...shape, weight, settings, ...(state && { state }), ...(clock[0] && { clock: clock[0] }) },
      writes: [weight, ...(state ? [state] : [])].map((field): Write => ({ field, from })),
      slots: { OPTIMISER: shader },
    });
  }

  /** Compares the output with the target: its error, and each sample's loss and correctness. */
  readout(): Field {
    const { populations, target, score, batch, output: kind } = this.net;
    const output = populations.at(-1)!;
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
      ...(!softmax && { slots: activationSlot(output) }),
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

  /** A new neuron field of a population, beside its activity and error. */
  neurons({ name, batch, size }: Population, what: string): Field {
    return neuronField(name, what, batch, size, this.net.prefix);
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

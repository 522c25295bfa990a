/**
 * Trials: a network that lives in time, learning from one batch of trials after the other. It holds the fields and the
 * schedules, and submits as many steps at once as fit into a budget of time, so that a page stays smooth.
 */
import type { Device } from "../gpu/device";
import type { Field, FieldData } from "../gpu/field";
import { Memory } from "../gpu/memory";
import { Runner } from "../gpu/runner";
import { lowerings } from "../net/dense";
import { settingValues, type Values } from "../net/optimiser";
import type { TemporalBuilder } from "../net/temporal/builder";
import { metricsRows, trainMetrics } from "./schedules";
import type { Score, StepScore } from "./trainer";

/** What a run of trials is made of. */
export interface TrialPlan {
  /** One training step; it tallies into `trainMetrics`. */
  readonly step: TemporalBuilder;
  /** Trials without learning, that tally into `metrics`, [batches, 2]; `count` in all, where the step is done `runs` times. */
  readonly test: {
    readonly step: TemporalBuilder;
    readonly metrics: Field;
    readonly count: number;
    readonly runs?: number;
  };
  /** The numbers of the optimiser and the rule. */
  readonly values: Values;
  readonly seed: number;
  readonly stepsPerEpoch: number;
  /** Fields that the host fills before the first step. */
  readonly tables?: Readonly<Record<string, FieldData>>;
}

/** What a submit may take, in ms: short enough for a page, and for drivers that watch over it. */
const budgetMs = 250;

/** What a submit came to: its steps' scores, and how long it took. */
export interface Advance {
  readonly scores: readonly StepScore[];
  readonly ms: number;
}

export class Trials {
  /** Training steps done. */
  steps = 0;
  private msPerStep = Number.POSITIVE_INFINITY;

  private constructor(
    readonly device: Device,
    private readonly plan: TrialPlan,
    private readonly memory: Memory,
    private readonly runners: { readonly step: Runner; readonly test: Runner },
  ) {}

  /** @throws TooLargeError before anything is allocated, where it can't fit the adapter */
  static async create(device: Device, plan: TrialPlan, data?: Memory): Promise<Trials> {
    const memory = new Memory(device, data);
    try {
      const ready = ({ schedule }: TemporalBuilder) =>
        Runner.create(device, memory, schedule, lowerings, plan.seed);
      const runners = { step: await ready(plan.step), test: await ready(plan.test.step) };
      for (const [name, source] of plan.step.settings)
        memory.write(name, settingValues(source, plan.values, plan.stepsPerEpoch));
      for (const [name, values] of Object.entries(plan.tables ?? {})) memory.write(name, values);
      return new Trials(device, plan, memory, runners);
    } catch (error) {
      memory.destroy();
      throw error;
    }
  }

  /**
   * Takes as many training steps as fit into the budget, and no more than `most`.
   * @throws one sentence where the loss is no number any more; DeviceLostError
   */
  async advance(most: number): Promise<Advance> {
    const count = Math.max(1, Math.min(most, metricsRows, Math.floor(budgetMs / this.msPerStep)));
    const started = performance.now();
    this.runners.step.run(count);
    const rows = await this.memory.read(trainMetrics.name);
    const ms = performance.now() - started;
    this.msPerStep = ms / count;
    const { batch } = this.plan.step.net;
    const scores = Array.from({ length: count }, (_, index): StepScore => {
      const step = this.steps + index;
      const row = 2 * (step % metricsRows);
      return { step, loss: rows[row]! / batch, accuracy: rows[row + 1]! / batch };
    });
    this.steps += count;
    const lost = scores.find(({ loss }) => !Number.isFinite(loss));
    if (lost)
      throw new Error(
        `The loss must stay a number, but is ${lost.loss} at step ${lost.step}; lower the rate of ${this.plan.values.rate}.`,
      );
    return { scores, ms };
  }

  /** Loss and accuracy on the test trials, with the weights as they are now. */
  async evaluate(): Promise<Score> {
    const { metrics, count, runs } = this.plan.test;
    const { test } = this.runners;
    const slice = Math.ceil(test.records.length / (runs ? 1 : metrics.shape[0]!));
    for (let run = 0; run < (runs ?? 1); run++) test.runInSlices(slice);
    const rows = await this.memory.read(metrics.name);
    let [loss, correct] = [0, 0];
    for (let row = 0; row < rows.length; row += 2) {
      loss += rows[row]!;
      correct += rows[row + 1]!;
    }
    return { loss: loss / count, accuracy: correct / count };
  }

  /** A field's values by its name. */
  read<Data extends FieldData = Float32Array>(name: string): Promise<Data> {
    return this.memory.read<Data>(name);
  }

  destroy(): void {
    for (const runner of Object.values(this.runners)) runner.destroy();
    this.memory.destroy();
  }
}

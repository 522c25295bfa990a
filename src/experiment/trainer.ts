/**
 * Trainer: one network learning under one rule. It holds the fields, the schedules and the steps done, and leaves
 * it to others how many steps to take, when to test and what to show.
 */
import { type AlignmentProbe, alignmentProbe, type LayerAlignment, readAlignment } from "../audit/alignment";
import type { Device } from "../gpu/device";
import type { Field, FieldData } from "../gpu/field";
import { Memory } from "../gpu/memory";
import { Runner } from "../gpu/runner";
import { recordsOf, type Schedule } from "../gpu/schedule";
import { lowerings } from "../net/dense";
import { classesOf, type Network } from "../net/network";
import { type OptimiserName, settingValues, type Values } from "../net/optimiser";
import type { Chosen, Rule } from "../net/rule";
import type { DataOnDevice } from "./data";
import { canSicken, healthField, refuseNotFinite, sickFields } from "./health";
import { type Plan, planTraining, type TrainerOptions } from "./plan";
import { resolveValues, writerOf } from "./rules";
import { metricsRows, trainMetrics } from "./schedules";
import { StreamFeed } from "./stream-feed";

/** A training step's mean loss, and the share of its samples that the network got right before it learned from them. */
export interface StepScore {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

export interface Score {
  readonly loss: number;
  readonly accuracy: number;
}

/** Where a field waits while a probe runs. */
const backup = (field: Field): Field => ({ ...field, name: `kept:${field.name}`, initial: { kind: "zero" } });

const noSample = 0xffffffff;

/** Samples that the position in the data, a u32 on the GPU, can count. */
const samplesCounted = 2 ** 32;

export class Trainer {
  /** Training steps submitted so far. */
  steps = 0;
  /** A submit takes no more steps than this. */
  readonly mostSteps: number;
  private current: Values;
  /** Brings the samples, where the dataset is streamed. */
  private readonly feed: StreamFeed | undefined;

  private constructor(
    readonly device: Device,
    readonly options: TrainerOptions,
    private readonly plan: Plan,
    readonly memory: Memory,
    private readonly runners: { readonly step: Runner; readonly health: Runner; readonly test?: Runner },
    private readonly data: DataOnDevice | undefined,
  ) {
    this.current = plan.values;
    this.feed = data?.train.ring === undefined ? undefined : new StreamFeed(memory, data, plan);
    this.mostSteps = this.feed?.mostSteps ?? metricsRows;
    this.writeSettings();
  }

  /**
   * Makes a network and readies it to learn; from `data`, or, without it, from batches given to `step`.
   * @throws in one sentence for an unknown name, a bad value, or a network that doesn't fit
   */
  static async create(device: Device, options: TrainerOptions, data?: DataOnDevice): Promise<Trainer> {
    const plan = planTraining(options, data);
    const memory = new Memory(device, data?.memory);
    try {
      const ready = (schedule: Schedule) => Runner.create(device, memory, schedule, lowerings, plan.seed);
      const [step, health, test] = await Promise.all([
        ready(plan.step.schedule),
        ready(plan.health),
        plan.test && ready(plan.test.schedule),
      ]);
      return new Trainer(device, options, plan, memory, { step, health, ...(test && { test }) }, data);
    } catch (error) {
      memory.destroy();
      throw error;
    }
  }

  get rule(): Rule {
    return this.plan.rule;
  }

  get optimiser(): OptimiserName {
    return this.plan.optimiser;
  }

  get net(): Network {
    return this.plan.net;
  }

  /** One training step. */
  get schedule(): Schedule {
    return this.plan.step.schedule;
  }

  /** The fields that a checkpoint holds: what a step finds as the one before left it. */
  get learned(): readonly Field[] {
    return this.plan.learned;
  }

  /** The numbers in force. */
  get values(): Values {
    return this.current;
  }

  /** What shapes the schedule. */
  get chosen(): Chosen {
    return this.plan.options;
  }

  /** What is amiss after the steps submitted so far, though the rule goes on: a sentence, if anything is. */
  async doubt(): Promise<string | undefined> {
    return this.rule.doubt?.({ net: this.net, values: this.values, read: ({ name }) => this.read(name) });
  }

  /** Changes parameters from the next submit on. @throws when a name or a value is not the rule's */
  set(changes: Values): void {
    this.current = resolveValues(this.rule, this.optimiser, { ...this.current, ...changes });
    this.writeSettings();
  }

  private writeSettings(): void {
    for (const [name, source] of this.plan.step.settings)
      this.memory.write(name, settingValues(source, this.current, this.plan.stepsPerEpoch));
  }

  /**
   * Submits `count` training steps at once and resolves, when they are done, to their scores.
   * @throws NotFiniteError that names the step, the layer or both; DeviceLostError
   */
  async advance(count: number): Promise<StepScore[]> {
    if (count < 1 || count > this.mostSteps)
      throw new Error(`One submit takes from 1 to ${this.mostSteps} steps, but got ${count}.`);
    if ((this.steps + count) * this.net.batch > samplesCounted)
      throw new Error(
        `A run ends after ${samplesCounted} samples, which the GPU's clock can count; start a new one.`,
      );
    const first = this.steps;
    this.steps += count;
    const { read } = await this.inTurn(() => {
      this.feed?.train(first, count);
      this.runners.step.run(count);
      this.runners.health.run();
      const sick = healthField(this.learned.filter(canSicken)).name;
      const reads = [trainMetrics.name, sick].map((name) => this.device.readBuffer(this.memory.buffer(name)));
      return { read: Promise.all(reads) };
    });
    const [metrics, broken] = await read;
    const rows = new Float32Array(metrics!);
    const scores = Array.from({ length: count }, (_, index): StepScore => {
      const step = first + index;
      const row = 4 * (step % metricsRows);
      return { step, loss: rows[row]! / this.net.batch, accuracy: rows[row + 1]! / this.net.batch };
    });
    const sick = sickFields(this.learned.filter(canSicken), new Uint32Array(broken!));
    refuseNotFinite(this.rule.name, this.current.rate!, this.net, scores, sick);
    return scores;
  }

  /** Submits work at once; where the dataset is streamed, when all that was asked for before has been submitted. */
  private inTurn<T>(work: () => T | Promise<T>): T | Promise<T> {
    return this.feed ? this.feed.inTurn(work) : work();
  }

  /**
   * Runs exactly one training step on a batch of the host's own.
   * @param inputs [batch, layers[0]], row-major
   * @param labels [batch], the class of each sample; 0xffffffff means that the row is empty, which counts as loss 0
   * @returns the batch's mean loss and accuracy before the step
   */
  async step(inputs: Float32Array, labels: ArrayLike<number>): Promise<StepScore> {
    if (this.data)
      throw new Error(
        "This trainer draws its batches from a dataset; make it without one to give it batches.",
      );
    this.writeBatch(this.net, inputs, labels);
    return (await this.advance(1))[0]!;
  }

  private writeBatch(net: Network, inputs: Float32Array, labels: ArrayLike<number>): void {
    const classes = classesOf(net.populations.at(-1)!.size, net.output);
    const isClass = (label: number) => Number.isInteger(label) && label >= 0 && label < classes;
    const bad = Array.from(labels).findIndex((label) => !isClass(label) && label !== noSample);
    if (bad >= 0)
      throw new Error(
        `Label ${bad} must be a class from 0 to ${classes - 1}, but is ${labels[bad]}; mend the labels.`,
      );
    this.memory.write(net.populations[0]!.activity.name, inputs);
    this.memory.write(net.target.name, Uint32Array.from(labels));
  }

  /** Loss and accuracy on the whole test set, with the weights as they are when it is called. */
  async evaluate(): Promise<Score> {
    const { test } = this.plan;
    if (!test || !this.runners.test)
      throw new Error("This trainer has no dataset, so there is no test set to evaluate on.");
    const runner = this.runners.test;
    const records = runner.records.length / test.metrics.shape[0]!;
    const { read } = await this.inTurn(async () => {
      if (this.feed) await this.feed.test(runner, records);
      else runner.runInSlices(records);
      return { read: this.memory.read(test.metrics.name) };
    });
    const rows = await read;
    const count = this.data!.test.count;
    let loss = 0;
    let correct = 0;
    for (let row = 0; row < rows.length; row += 2) {
      loss += rows[row]!;
      correct += rows[row + 1]!;
    }
    return { loss: loss / count, accuracy: correct / count };
  }

  private probe: Promise<{ runner: Runner; probe: AlignmentProbe; kept: readonly Field[] }> | undefined;

  /**
   * The angle, per layer, between what the rule would do now and the true gradient; on the next batch of the dataset, or
   * on the batch given. Nothing that learns is changed.
   */
  async alignment(inputs?: Float32Array, labels?: ArrayLike<number>): Promise<LayerAlignment[]> {
    this.probe ??= (async () => {
      const { rule, options, device, memory, data } = this;
      const seed = options.seed ?? 1;
      const probe = alignmentProbe(rule, options, seed, writerOf(rule, options.options), data?.train);
      const runner = await Runner.create(device, memory, probe.schedule, lowerings, seed);
      for (const [name, group] of probe.settings)
        if (!this.plan.step.settings.has(name))
          memory.write(name, settingValues(group, this.current, this.plan.stepsPerEpoch));
      // What outlasts a step and isn't a weight that `correlate` changes would move: it is put back afterwards.
      const moved = new Set(
        recordsOf(probe.schedule).flatMap(({ writes }) => writes.map(({ field }) => field.name)),
      );
      const kept = this.learned.filter(({ name }) => moved.has(name));
      await memory.allocate(kept.map(backup));
      return { runner, probe, kept };
    })();
    const { runner, probe, kept } = await this.probe;
    if (!this.data) {
      if (!inputs || !labels)
        throw new Error("This trainer has no dataset: alignment needs inputs and labels.");
      for (const net of probe.networks) this.writeBatch(net, inputs, labels);
    }
    const next = this.steps;
    const { read } = await this.inTurn(() => {
      this.feed?.train(next, 1);
      for (const field of kept) this.memory.copy(field.name, backup(field).name);
      runner.run();
      for (const field of kept) this.memory.copy(backup(field).name, field.name);
      return { read: this.memory.read(probe.result.name) };
    });
    return readAlignment(this.net, await read);
  }

  /** Reads a field by name, row-major without pads: `input-hidden/weight` has shape [inputs + 1, hidden], biases last. */
  read<Data extends FieldData = Float32Array>(name: string): Promise<Data> {
    return this.memory.read<Data>(name);
  }

  /** Writes a field by name, in the shape that `read` gives. */
  write(name: string, values: FieldData): void {
    this.memory.write(name, values);
  }

  /** Goes on from `steps` done. The learned fields must be written too. */
  rewind(steps: number): void {
    this.steps = steps;
    this.memory.write(this.net.clock.name, Uint32Array.of(steps));
  }

  destroy(): void {
    const { step, health, test } = this.runners;
    for (const runner of [step, health, test]) runner?.destroy();
    void this.probe?.then(({ runner }) => runner.destroy()).catch(() => undefined);
    this.memory.destroy();
  }
}

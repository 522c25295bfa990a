/**
 * Trainer: one network learning under one rule. It holds the fields, the schedules and the steps done, and leaves
 * it to others how many steps to take, when to test and what to show.
 */
import { type AlignmentProbe, alignmentProbe, type LayerAlignment, readAlignment } from "../audit/alignment";
import type { Device } from "../gpu/device";
import type { Field, FieldData } from "../gpu/field";
import { Memory } from "../gpu/memory";
import { Runner } from "../gpu/runner";
import type { Schedule } from "../gpu/schedule";
import type { Builder } from "../net/builder";
import { lowerings } from "../net/dense";
import { checkNetwork, type Network, type NetworkOptions, network } from "../net/network";
import { type OptimiserName, settingValues, type Values } from "../net/optimiser";
import type { Rule } from "../net/rule";
import type { Dataset } from "../task/dataset";
import { checkTensors } from "./checkpoint";
import type { DataOnDevice } from "./data";
import { healthCheck, healthField, refuseNotFinite, sickProjections } from "./health";
import { checkOptimiser, findRule, resolveValues } from "./rules";
import type { Tensor } from "./safetensors";
import { evaluation, learnedFields, metricsRows, testMetrics, trainingStep, trainMetrics } from "./schedules";

export interface TrainerOptions extends NetworkOptions {
  /** A rule's name; see `rules`. */
  readonly rule: string;
  /** `sgd`, `momentum` (the default) or `adam`. */
  readonly optimizer?: string;
  /** Parameters of the rule and its optimiser that differ from the defaults: `rate`, `decay`, … */
  readonly values?: Values;
  /** Keys initial weights, the order of samples and noise. Default 1. */
  readonly seed?: number;
}

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

/** Samples at a time when testing. */
const testBatch = 500;

export class Trainer {
  /** Training steps submitted so far. */
  steps = 0;

  private constructor(
    readonly device: Device,
    readonly rule: Rule,
    readonly optimiser: OptimiserName,
    readonly options: TrainerOptions,
    readonly net: Network,
    readonly memory: Memory,
    readonly schedule: Schedule,
    private readonly runner: Runner,
    private readonly health: Runner,
    private readonly settings: Builder["settings"],
    private current: Values,
    private readonly data: DataOnDevice | undefined,
  ) {}

  /**
   * Makes a network and readies it to learn; from `data`, or, without it, from batches given to `step`.
   * @throws in one sentence for an unknown name, a bad value, or a network that doesn't fit
   */
  static async create(device: Device, options: TrainerOptions, data?: DataOnDevice): Promise<Trainer> {
    checkNetwork(options);
    const rule = findRule(options.rule);
    const optimiser = checkOptimiser(options.optimizer ?? "momentum");
    const values = resolveValues(rule, optimiser, options.values);
    const seed = options.seed ?? 1;
    if (data) checkShapes(options.layers, data.dataset);
    const net = network(options);
    const step = trainingStep(rule, net, optimiser, seed, data?.train);
    const memory = new Memory(device, data?.memory);
    const runner = await Runner.create(device, memory, step.schedule, lowerings, seed);
    const health = await Runner.create(device, memory, healthCheck(net), lowerings);
    const trainer = new Trainer(
      device,
      rule,
      optimiser,
      options,
      net,
      memory,
      step.schedule,
      runner,
      health,
      step.settings,
      values,
      data,
    );
    trainer.writeSettings(step.settings);
    return trainer;
  }

  /** The numbers in force. */
  get values(): Values {
    return this.current;
  }

  /** Changes parameters from the next submit on. @throws when a name or a value is not the rule's */
  set(changes: Values): void {
    this.current = resolveValues(this.rule, this.optimiser, { ...this.current, ...changes });
    this.writeSettings(this.settings);
  }

  private writeSettings(settings: Builder["settings"]): void {
    for (const [name, source] of settings) this.memory.write(name, settingValues(source, this.current));
  }

  /**
   * Submits `count` training steps at once and resolves, when they are done, to their scores.
   * @throws NotFiniteError that names the step, the layer or both; DeviceLostError
   */
  async advance(count: number): Promise<StepScore[]> {
    if (count < 1 || count > metricsRows)
      throw new Error(`One submit takes from 1 to ${metricsRows} steps, but got ${count}.`);
    const first = this.steps;
    this.steps += count;
    this.runner.run(count);
    this.health.run();
    const [metrics, broken] = await Promise.all([
      this.device.readBuffer(this.memory.buffer(trainMetrics.name)),
      this.device.readBuffer(this.memory.buffer(healthField(this.net).name)),
    ]);
    const rows = new Float32Array(metrics);
    const scores = Array.from({ length: count }, (_, index): StepScore => {
      const step = first + index;
      const row = 4 * (step % metricsRows);
      return { step, loss: rows[row]! / this.net.batch, accuracy: rows[row + 1]! / this.net.batch };
    });
    const sick = sickProjections(this.net, new Uint32Array(broken));
    refuseNotFinite(this.rule.name, this.current.rate!, scores, sick);
    return scores;
  }

  /**
   * Runs exactly one training step on a batch of the host's own.
   * @param inputs [batch, layers[0]], row-major
   * @param labels [batch], the class of each sample; 0xffffffff means that the row is empty
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
    const classes = net.populations.at(-1)!.size;
    const bad = Array.from(labels).findIndex((label) => !(label < classes) && label !== 0xffffffff);
    if (bad >= 0)
      throw new Error(
        `Label ${bad} must be a class from 0 to ${classes - 1}, but is ${labels[bad]}; mend the labels.`,
      );
    this.memory.write(net.populations[0]!.activity.name, inputs);
    this.memory.write(net.target.name, Uint32Array.from(labels));
  }

  private tester: { readonly runner: Runner; readonly metrics: Field } | undefined;

  /** Readies `evaluate`, so that it submits its work the moment it is called. */
  async prepareTest(): Promise<void> {
    const test = this.data?.test;
    if (!test) throw new Error("This trainer has no dataset, so there is no test set to evaluate on.");
    if (this.tester) return;
    const net = network({ ...this.options, batch: Math.min(testBatch, test.count), prefix: "test:" });
    const runner = await Runner.create(this.device, this.memory, evaluation(net, test), lowerings);
    this.tester = { runner, metrics: testMetrics(net, test) };
  }

  /** Loss and accuracy on the whole test set, with the weights as they are. */
  async evaluate(): Promise<Score> {
    if (!this.tester) await this.prepareTest();
    const { runner, metrics } = this.tester!;
    runner.run();
    const rows = await this.memory.read(metrics.name);
    const count = this.data!.test.count;
    let loss = 0;
    let correct = 0;
    for (let row = 0; row < rows.length; row += 2) {
      loss += rows[row]!;
      correct += rows[row + 1]!;
    }
    return { loss: loss / count, accuracy: correct / count };
  }

  private probe: Promise<{ runner: Runner; probe: AlignmentProbe }> | undefined;

  /**
   * The angle, per layer, between what the rule would do now and the true gradient; on the next batch of the dataset, or
   * on the batch given. Nothing that learns is changed.
   */
  async alignment(inputs?: Float32Array, labels?: ArrayLike<number>): Promise<LayerAlignment[]> {
    this.probe ??= (async () => {
      const { rule, options, device, memory, data } = this;
      const probe = alignmentProbe(rule, options, options.seed ?? 1, data?.train);
      return {
        runner: await Runner.create(device, memory, probe.schedule, lowerings, options.seed ?? 1),
        probe,
      };
    })();
    const { runner, probe } = await this.probe;
    if (!this.data) {
      if (!inputs || !labels)
        throw new Error("This trainer has no dataset: alignment needs inputs and labels.");
      for (const net of probe.networks) this.writeBatch(net, inputs, labels);
    }
    runner.run();
    return readAlignment(this.net, await this.memory.read(probe.result.name));
  }

  /** Reads a field by name, row-major without pads: `input-hidden/weight` has shape [inputs + 1, hidden], biases last. */
  read<Data extends FieldData = Float32Array>(name: string): Promise<Data> {
    return this.memory.read<Data>(name);
  }

  /** Writes a field by name, in the shape that `read` gives. */
  write(name: string, values: FieldData): void {
    this.memory.write(name, values);
  }

  /** The fields that learning changes or depends on, and that a checkpoint therefore holds: every synapse's. */
  get learned(): Field[] {
    return learnedFields(this.schedule);
  }

  /** @throws when tensors are not exactly the learned fields, in their shapes */
  checkTensors(tensors: ReadonlyMap<string, Tensor>, file = "the checkpoint"): void {
    checkTensors(this.rule.name, this.learned, tensors, file);
  }

  /** Goes on from `steps` done. The learned fields must be written too. */
  rewind(steps: number): void {
    this.steps = steps;
    this.memory.write(this.net.clock.name, Uint32Array.of(steps));
  }

  /** Bytes on the GPU, the shared dataset not counted. */
  get bytes(): number {
    return this.memory.bytes;
  }

  destroy(): void {
    this.memory.destroy();
    this.runner.destroy();
  }
}

/** @throws when a network of these layers can't learn a task of so many inputs and classes */
export function checkShapes(
  layers: readonly number[],
  { name, inputs, classes }: Pick<Dataset, "name" | "inputs" | "classes">,
): void {
  const [first, last] = [layers[0], layers.at(-1)];
  if (first !== inputs || last !== classes)
    throw new Error(
      `The task ${name} has ${inputs} inputs and ${classes} classes, but layers is [${layers}]; start with ${inputs} and end with ${classes}.`,
    );
}

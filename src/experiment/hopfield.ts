/**
 * Hopfield: an associative memory on the GPU. It stores patterns of ±1 and recalls them from spoilt ones, many at once.
 *
 * ```ts
 * const memory = await Hopfield.create(device, { neurons: 400, storage: "hebbian", seed: 1 });
 * await memory.store(patterns);
 * const { states, energy } = await memory.recall([spoil(patterns[0], 0.2)]);
 * ```
 */
import type { Device } from "../gpu/device";
import { Memory } from "../gpu/memory";
import { Runner } from "../gpu/runner";
import { Builder } from "../net/builder";
import { recurrentLowerings, recurrentNetwork } from "../net/hopfield";
import type { Network } from "../net/network";
import { settingValues, type Values } from "../net/optimiser";
import { hopfield, rowsAtOnce } from "../rule/hopfield";
import { decorrelation } from "./decorrelate";
import {
  checkCount,
  checkHopfield,
  checkRoom,
  type HopfieldOptions,
  hebbianCapacity,
  type Storage,
} from "./hopfield-options";
import { Recall, type Recalled, type RecallOptions, recallPatterns } from "./hopfield-recall";
import { checkPatterns, type Pattern, rowsOf } from "./patterns";

/** What came of storing. */
export interface Stored {
  /** Patterns held now. */
  readonly patterns: number;
  /** Patterns over neurons: α. */
  readonly load: number;
  /** A sentence where more is asked than can be kept. */
  readonly warning?: string;
}

export class Hopfield {
  private held: Pattern[] = [];

  private constructor(
    readonly device: Device,
    readonly neurons: number,
    readonly storage: Storage,
    readonly seed: number,
    readonly beta: number,
    private readonly thresholds: ArrayLike<number> | undefined,
    private memory: Memory,
  ) {}

  /**
   * @throws in one sentence for an unknown storage, fewer than two neurons, or more than the adapter can hold
   */
  static async create(device: Device, options: HopfieldOptions): Promise<Hopfield> {
    const { neurons, storage = "hebbian", seed = 1, beta = 1 } = options;
    checkHopfield(options);
    const self = new Hopfield(device, neurons, storage, seed, beta, options.thresholds, new Memory(device));
    await self.clear();
    return self;
  }

  /** The patterns held, in the order in which they were stored. */
  get patterns(): readonly Pattern[] {
    return this.held;
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    this.held = [];
    this.memory.destroy();
    this.memory = new Memory(this.device);
    if (this.storage === "modern") return;
    const { weight } = this.network(1).projections[0]!;
    checkRoom(this.device, this.neurons, weight);
    await this.memory.allocate([weight]);
  }

  /**
   * Stores patterns besides those held already.
   * @param patterns each [neurons], ±1
   * @throws in one sentence for a pattern of another length or other values, or one that pseudo-inverse storage can't take
   */
  async store(patterns: readonly Pattern[]): Promise<Stored> {
    checkPatterns(patterns, this.neurons);
    const all = [...this.held, ...patterns];
    if (this.storage === "hebbian") await this.add(patterns);
    if (this.storage === "storkey") await this.addByStorkey(patterns);
    if (this.storage === "pseudo-inverse") await this.project(all);
    if (this.storage === "modern") await this.keep(all);
    this.held = all;
    return {
      patterns: all.length,
      load: all.length / this.neurons,
      ...(this.storage !== "modern" && all.length > this.neurons && { warning: this.warning(all.length) }),
    };
  }

  private warning(count: number): string {
    const most = Math.floor(hebbianCapacity * this.neurons);
    return `${count} patterns are more than the ${this.neurons} neurons, so few or none will be recalled: Hebbian storage keeps about ${hebbianCapacity} a neuron, here ${most}; store fewer, or use modern storage.`;
  }

  /** w += Σ ξξᵀ over rows, which may also be mixtures of patterns. */
  private async add(rows: readonly Pattern[]): Promise<void> {
    await this.learn(hopfield.store.hebbian, rows, rowsAtOnce);
  }

  private async addByStorkey(rows: readonly Pattern[]): Promise<void> {
    await this.learn(hopfield.store.storkey, rows, 1, { neurons: this.neurons });
  }

  /** Runs a storing schedule once for each `batch` of rows. */
  private async learn(
    write: (step: Builder) => void,
    rows: readonly Pattern[],
    batch: number,
    numbers: Values = {},
  ): Promise<void> {
    const work = new Memory(this.device, this.memory);
    const net = this.network(batch);
    const runner = await ready(this.device, work, net, write, this.seed, numbers);
    for (let from = 0; from < rows.length; from += batch) {
      const some = rows.slice(from, from + batch);
      work.write(net.populations[0]!.activity.name, rowsOf(some, this.neurons, batch));
      runner.run();
      if ((from / batch) % submitsAtOnce === 0) await this.device.settled();
    }
    await this.device.settled();
    runner.destroy();
    work.destroy();
  }

  /** The projection rule: overlaps and mixtures on the GPU, the Cholesky factor between them on the host in float64. */
  private async project(all: readonly Pattern[]): Promise<void> {
    const count = all.length;
    checkCount("pseudo-inverse", this.neurons, count);
    const work = new Memory(this.device);
    try {
      const net = recurrentNetwork(this.neurons, { batch: count, prefix: "", memories: count });
      const [neurons, memories] = net.populations;
      const overlaps = await ready(this.device, work, net, (step) => void hopfield.store.overlaps(step));
      const mixing = await ready(this.device, work, net, (step) => void hopfield.store.decorrelate(step));
      work.write(neurons!.activity.name, rowsOf(all, this.neurons));
      work.write(net.projections[0]!.weight.name, rowsOf(all, this.neurons, count + 1));
      overlaps.run();
      const mix = decorrelation(await work.read(memories!.error.name), count);
      // Rows of squared length N, so that Hebbian storage of them is the projection in units of 1/N.
      work.write(
        memories!.activity.name,
        Float32Array.from(mix, (value) => Math.sqrt(this.neurons) * value),
      );
      mixing.run();
      const mixtures = await work.read(neurons!.activity.name);
      const row = (index: number) => mixtures.subarray(index * this.neurons, (index + 1) * this.neurons);
      const weight = this.memory.field(this.network(1).projections[0]!.weight.name);
      this.memory.destroy();
      await this.memory.allocate([weight]);
      await this.add(all.map((_, index) => row(index)));
    } finally {
      work.destroy();
    }
  }

  /** Every memory neuron's synapses take one pattern. */
  private async keep(all: readonly Pattern[]): Promise<void> {
    const { weight } = this.network(1, "", all.length).projections[0]!;
    const memory = new Memory(this.device);
    await memory.allocate([weight]);
    memory.write(weight.name, rowsOf(all, this.neurons, all.length + 1));
    this.memory.destroy();
    this.memory = memory;
  }

  private network(batch: number, prefix = "", count = this.held.length): Network {
    return recurrentNetwork(this.neurons, {
      batch,
      prefix,
      ...(this.storage === "modern" && { memories: count }),
    });
  }

  /** W [neurons, neurons], row-major, in the literature's units: ξξᵀ / N adds up in it. @throws for the modern form, which has none */
  async weights(): Promise<Float32Array> {
    if (this.storage === "modern")
      throw new Error(
        "The modern form keeps its patterns as they are and has no weight from neuron to neuron.",
      );
    const { weight } = this.network(1).projections[0]!;
    const values = await this.memory.read(weight.name);
    return values.subarray(0, this.neurons * this.neurons).map((value) => value / this.neurons);
  }

  /**
   * Lets the network settle from probes, one state each, side by side; nothing has moved yet.
   * @throws in one sentence for bad probes, an unknown dynamics, or where nothing was stored
   */
  async begin(probes: readonly Pattern[], options: RecallOptions = {}): Promise<Recall> {
    if (this.held.length === 0) throw new Error("Store patterns before you recall: the network holds none.");
    checkPatterns(probes, this.neurons, "Probe");
    const { storage, seed, beta, thresholds } = this;
    const settling = { ...options, storage, seed, beta, thresholds };
    const net = this.network(probes.length, "recall:");
    return Recall.create(this.device, this.memory, net, probes, settling);
  }

  /** Settles from probes until no neuron moves, or for `options.steps`, 100 unless told. @throws as `begin` */
  async recall(probes: readonly Pattern[], options: RecallOptions = {}): Promise<Recalled> {
    return recallPatterns(await this.begin(probes, options), options);
  }

  destroy(): void {
    this.memory.destroy();
  }
}

/** Storing schedules submitted before the host waits for them. */
const submitsAtOnce = 8;

/** Builds a schedule and readies it in a memory. */
export async function ready(
  device: Device,
  memory: Memory,
  net: Network,
  write: (step: Builder) => void,
  seed = 1,
  numbers: Values = {},
): Promise<Runner> {
  const params = Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [
      name,
      { default: value, min: 0, max: value, about: name },
    ]),
  );
  const step = new Builder(net, "sgd", seed, { params, options: {} });
  write(step);
  const runner = await Runner.create(device, memory, step.schedule, recurrentLowerings, seed);
  for (const [name, group] of step.settings) memory.write(name, settingValues(group, numbers));
  return runner;
}

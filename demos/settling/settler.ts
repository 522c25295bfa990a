/** A network that settles before it learns, and the numbers of its last settling. */
import type { DataOnDevice } from "../../src/experiment/data";
import type { TrainerOptions } from "../../src/experiment/plan";
import { type Score, Trainer } from "../../src/experiment/trainer";
import type { Device } from "../../src/gpu/device";
import type { Values } from "../../src/net/optimiser";
import type { Chosen } from "../../src/net/rule";
import type { Batch } from "./outputs";

/** A number for each settling step, of each layer above the input and of all together. */
export interface Course {
  readonly layers: readonly (readonly number[])[];
  readonly total: readonly number[];
}

export interface Settling {
  readonly energy: Course;
  /** The mean force that a neuron still feels. */
  readonly distance: Course;
}

export class Settler {
  private constructor(
    private readonly device: Device,
    private readonly data: DataOnDevice,
    private trainer: Trainer,
  ) {}

  static async create(device: Device, data: DataOnDevice, options: TrainerOptions): Promise<Settler> {
    return new Settler(device, data, await Trainer.create(device, options, data));
  }

  /** Batches learned from. */
  get steps(): number {
    return this.trainer.steps;
  }

  /** Learns from `count` batches. @returns how the last of them settled */
  async learn(count: number): Promise<Settling> {
    await this.trainer.advance(count);
    const [energy, distance] = await Promise.all([this.course("energy"), this.course("distance")]);
    return { energy, distance };
  }

  private async course(metric: string): Promise<Course> {
    const flat = await this.trainer.read(metric);
    const columns = this.trainer.net.projections.length;
    const rows = Array.from({ length: flat.length / columns }, (_, row) =>
      Array.from(flat.subarray(row * columns, (row + 1) * columns)),
    );
    return {
      layers: Array.from({ length: columns }, (_, layer) => rows.map((row) => row[layer]!)),
      total: rows.map((row) => row.reduce((sum, one) => sum + one, 0)),
    };
  }

  test(): Promise<Score> {
    return this.trainer.evaluate();
  }

  /** The batch last learned from; of equilibrium propagation. */
  async batch(): Promise<Batch> {
    const { trainer } = this;
    const [images, labels, free, pair, nudge] = await Promise.all([
      trainer.read("input/activity"),
      trainer.read<Uint32Array>(trainer.net.target.name),
      trainer.read("output/activity"),
      trainer.read("output/pair"),
      trainer.read("nudge"),
    ]);
    return { images, labels, free, pair, nudge };
  }

  /** From the next batch on. */
  set(values: Values): void {
    this.trainer.set(values);
  }

  /** Goes on under a schedule of another shape, with all that was learned. */
  async choose(chosen: Chosen): Promise<void> {
    const { trainer: old } = this;
    const options = { ...old.options, values: old.values, options: { ...old.options.options, ...chosen } };
    const next = await Trainer.create(this.device, options, this.data);
    for (const { name } of old.learned) next.write(name, await old.read(name));
    next.rewind(old.steps);
    this.trainer = next;
    old.destroy();
  }

  destroy(): void {
    this.trainer.destroy();
  }
}

/** Recall: a Hopfield network that settles from probes, a step at a time, with its energy after each. */
import type { Device } from "../gpu/device";
import { Memory } from "../gpu/memory";
import { unknownName } from "../gpu/name";
import { Runner } from "../gpu/runner";
import { Builder } from "../net/builder";
import { recurrentLowerings } from "../net/hopfield";
import type { Network } from "../net/network";
import { hopfield, recallFields } from "../rule/hopfield";
import { type Pattern, rowsOf } from "./patterns";

/** How neurons take turns. The modern form has one of its own, and takes no notice of this. */
export const dynamics = ["asynchronous", "parallel"] as const;
export type Dynamics = (typeof dynamics)[number];

export interface RecallOptions {
  /** Default `asynchronous`. */
  readonly dynamics?: Dynamics;
  /** Steps at most. Default 100. */
  readonly steps?: number;
  /** Neurons that take their turn in an asynchronous step. Default all: a sweep. */
  readonly turns?: number;
  /** Hears how many steps were taken, and may stop there by returning false. */
  readonly progress?: (steps: number) => boolean | undefined;
}

/** What is known after a step (and before the first). */
export interface RecallStep {
  /** E of each probe's state. */
  readonly energy: Float32Array;
  /** Neurons that flipped in each probe; for the modern form, half the sum of how far they moved. */
  readonly moved: Float32Array;
}

export interface Recalled {
  /** Where each probe ended: [neurons], ±1 (the modern form's by sign). */
  readonly states: readonly Float32Array[];
  /** Energy of each probe, before the first step and after each: [steps + 1][probes]. */
  readonly energy: readonly Float32Array[];
  readonly steps: number;
  /** Whether nothing moved any more in any probe. */
  readonly settled: boolean;
}

/** Less than a thousandth of a flip is rest. */
const rest = 1e-3;

export class Recall {
  /** Steps taken. */
  steps = 0;
  /** Turns since a neuron moved. */
  private quiet = 0;

  private constructor(
    private readonly memory: Memory,
    private readonly net: Network,
    private readonly runners: { readonly hear: Runner; readonly step: Runner },
    /** Neurons that take their turn in a step. */
    private readonly turns: number,
    private last: RecallStep,
  ) {}

  /** @param stored the memory that holds the synapses */
  static async create(
    device: Device,
    stored: Memory,
    net: Network,
    probes: readonly Pattern[],
    {
      dynamics: kind = "asynchronous",
      turns = probes[0]!.length,
      storage,
      seed,
      beta,
      thresholds,
    }: RecallOptions & {
      readonly storage: string;
      readonly seed: number;
      readonly beta: number;
      readonly thresholds: ArrayLike<number> | undefined;
    },
  ): Promise<Recall> {
    checkDynamics(kind);
    if (!Number.isInteger(turns) || turns < 1)
      throw new Error(`A step needs a whole number of turns, 1 or more, but got ${turns}.`);
    const memory = new Memory(device, stored);
    try {
      const modern = storage === "modern";
      const one = !modern && kind === "asynchronous";
      const ready = (write: (step: Builder) => void) => {
        const step = new Builder(net, "sgd", seed);
        write(step);
        return Runner.create(device, memory, step.schedule, recurrentLowerings, seed);
      };
      const hear = await ready((step) => (modern ? hopfield.modern.attend(step, beta) : hopfield.hear(step)));
      const step = await ready((step) => {
        if (modern) hopfield.modern.retrieve(step, beta);
        else if (kind === "parallel") hopfield.settle.parallel(step);
        else hopfield.settle.asynchronous(step, turns, seed);
      });
      memory.write(net.populations[0]!.activity.name, rowsOf(probes, probes[0]!.length));
      if (thresholds)
        memory.write(
          `${net.populations[0]!.name}/threshold`,
          Float32Array.from(thresholds, (value) => value * probes[0]!.length),
        );
      const none = new Float32Array(probes.length);
      const self = new Recall(memory, net, { hear, step }, one ? turns : probes[0]!.length, {
        energy: none,
        moved: none,
      });
      hear.run();
      self.last = { energy: await self.read("energy"), moved: none };
      return self;
    } catch (error) {
      memory.destroy();
      throw error;
    }
  }

  private read(what: "energy" | "moved"): Promise<Float32Array> {
    return this.memory.read(recallFields(new Builder(this.net, "sgd", 1))[what].name);
  }

  /** What the last step came to. */
  get now(): RecallStep {
    return this.last;
  }

  /** Takes a step in every probe. @throws DeviceLostError */
  async step(): Promise<RecallStep> {
    this.runners.step.runInSlices(1);
    this.steps++;
    const [energy, moved] = await Promise.all([this.read("energy"), this.read("moved")]);
    this.last = { energy, moved };
    this.quiet = moved.every((value) => value < rest) ? this.quiet + this.turns : 0;
    return this.last;
  }

  /** Whether every neuron has had its turn since one last moved. */
  get settled(): boolean {
    return this.quiet >= this.net.populations[0]!.size;
  }

  /** Every probe's state as it is now: [neurons]; the modern form's lies between −1 and 1. */
  async states(): Promise<Float32Array[]> {
    const { activity, size, batch } = this.net.populations[0]!;
    const values = await this.memory.read(activity.name);
    return Array.from({ length: batch }, (_, index) => values.slice(index * size, (index + 1) * size));
  }

  destroy(): void {
    for (const runner of Object.values(this.runners)) runner.destroy();
    this.memory.destroy();
  }
}

/** @throws one sentence with the nearest name, where there is none of that name */
export function checkDynamics(kind: string = dynamics[0]): void {
  if (!(dynamics as readonly string[]).includes(kind))
    throw new Error(unknownName("dynamics", kind, dynamics));
}

/** Steps until nothing moves, or as told; then frees the recall. */
export async function recallPatterns(recall: Recall, options: RecallOptions): Promise<Recalled> {
  const { steps = 100, progress } = options;
  if (!Number.isInteger(steps) || steps < 1)
    throw new Error(`Recall takes a whole number of steps, 1 or more, but got ${steps}.`);
  try {
    const energy = [recall.now.energy];
    while (recall.steps < steps && !recall.settled) {
      energy.push((await recall.step()).energy);
      if (progress?.(recall.steps) === false) break;
    }
    const states = (await recall.states()).map((state) => state.map((value) => (value < 0 ? -1 : 1)));
    return { states, energy, steps: recall.steps, settled: recall.settled };
  } finally {
    recall.destroy();
  }
}

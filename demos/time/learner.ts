/** A model as it learns: its network on the GPU, and the errors that it made. */
import type { DataOnDevice } from "../../src/experiment/data";
import { Trials } from "../../src/experiment/trials";
import type { Device } from "../../src/gpu/device";
import type { Look, Model } from "./model";

/** A moment of learning: shares of wrong answers, of those that were counted then. */
export interface Moment {
  /** Trials learned from by then. */
  readonly seen: number;
  /** In the trials then learned from, before they were. */
  readonly training?: number;
  readonly test?: number;
}

export class Learner {
  readonly history: Moment[] = [];
  look: Look | undefined;
  private tested = 0;
  private ms = 0;

  private constructor(
    readonly model: Model,
    private readonly trials: Trials,
    private readonly data: DataOnDevice | undefined,
  ) {}

  /** @throws where it doesn't fit the adapter */
  static async create(device: Device, model: Model, seed: number): Promise<Learner> {
    const { plan, data } = await model.open(device, seed);
    try {
      return new Learner(model, await Trials.create(device, plan, data?.memory), data);
    } catch (error) {
      data?.memory.destroy();
      throw error;
    }
  }

  get steps(): number {
    return this.trials.steps;
  }

  /** Trials learned from in a second of learning. */
  get speed(): number {
    return this.ms > 0 ? (1000 * this.model.batch * this.steps) / this.ms : 0;
  }

  /** The share of wrong answers at the newest test. */
  get errors(): number | undefined {
    return this.history.findLast(({ test }) => test !== undefined)?.test;
  }

  /** Learns for as long as a page may be kept waiting, and tests where it is time to. */
  async go(most = Number.POSITIVE_INFINITY): Promise<void> {
    const { testEvery, batch } = this.model;
    if (!this.look) return this.test();
    const left = testEvery - (this.steps % testEvery);
    const { scores, ms } = await this.trials.advance(Math.min(left, most));
    this.ms += ms;
    const right = scores.reduce((sum, { accuracy }) => sum + accuracy, 0) / scores.length;
    this.history.push({ seen: batch * this.steps, training: 1 - right });
    if (this.steps % testEvery === 0 || Number.isFinite(most)) await this.test();
  }

  private async test(): Promise<void> {
    const { accuracy } = await this.trials.evaluate();
    this.look = await this.model.look(this.trials, this.tested++);
    this.history.push({ seen: this.model.batch * this.steps, test: 1 - accuracy });
  }

  destroy(): void {
    this.trials.destroy();
    this.data?.memory.destroy();
  }
}

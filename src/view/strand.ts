/** Strand: one of several runs in a history that they share, each with a batch and a seed of its own. */
import type { Curve, History, Log, Scored } from "./history";

/** Steps of the history are samples here, so that all runs share an axis. A run has one rule, whose name is of no account. */
export class Strand implements Log {
  /** @param whole made for a batch of 1 */
  constructor(
    private readonly whole: History,
    readonly key: string,
    private readonly batch: number,
  ) {}

  get version(): number {
    return this.whole.version;
  }

  set version(value: number) {
    this.whole.version = value;
  }

  addStep(_: string, step: number, scored: Scored): void {
    this.whole.addStep(this.key, (step + 1) * this.batch - 1, scored);
  }

  addTest(_: string, samples: number, test: Scored): void {
    this.whole.addTest(this.key, samples, test);
  }

  forget(_: string, fromStep = 0): void {
    this.whole.forget(this.key, fromStep * this.batch);
  }

  get samples(): number[] {
    return this.whole.samples;
  }

  curve(): Curve {
    return this.whole.curve(this.key);
  }

  lastTest(): Scored | undefined {
    return this.whole.lastTest(this.key);
  }
}

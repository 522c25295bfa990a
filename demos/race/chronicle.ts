/** Chronicle: what a race has shown so far, taken down from what its experiment tells. */
import type { ExperimentEvent } from "../../src/experiment/events";
import type { Trainer } from "../../src/experiment/trainer";
import { History, type Log } from "../../src/view/history";
import type { RaceHooks } from "./hooks";

export class Chronicle {
  history: Log = new History(1);
  /** Samples a second of each rule, as a running mean over about ten submits. */
  readonly speeds = new Map<string, number>();
  /** What each rule that can't go on said. */
  readonly diverged = new Map<string, string>();

  constructor(private readonly hooks: RaceHooks) {}

  /** Another race begins. */
  begin(batch: number): void {
    this.history = this.hooks.log?.(batch) ?? new History(batch);
    this.speeds.clear();
  }

  /** Rules that had diverged stand where they were last good. */
  revive(trainers: readonly Trainer[]): void {
    for (const { rule, steps } of trainers)
      if (this.diverged.has(rule.name)) this.history.forget(rule.name, steps);
    this.diverged.clear();
  }

  take(event: ExperimentEvent, trainers: readonly Trainer[]): void {
    switch (event.type) {
      case "steps": {
        for (const score of event.scores) this.history.addStep(event.rule, score.step, score);
        const before = this.speeds.get(event.rule) ?? event.samplesPerSecond;
        this.speeds.set(event.rule, 0.9 * before + 0.1 * event.samplesPerSecond);
        return;
      }
      case "epoch":
        this.history.addTest(event.rule, event.samples, {
          loss: event.testLoss,
          accuracy: event.testAccuracy,
        });
        return;
      case "doubt":
        this.hooks.say(event.message, "bad");
        return;
      case "diverged":
        this.diverged.set(event.rule, event.message);
        this.hooks.say(event.message, "bad");
        return;
      case "recovered":
        for (const { rule, steps } of trainers) this.history.forget(rule.name, steps);
        this.diverged.clear(); // they too are back at the checkpoint
        this.hooks.say(event.message, "bad");
    }
  }
}

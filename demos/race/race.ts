/** Race: keeps an experiment running, at the speed asked for, and its history; replaces it without losing it to an error. */
import type { ExperimentEvent } from "../../src/experiment/events";
import { Experiment, type ExperimentOptions } from "../../src/experiment/experiment";
import { parametersOf } from "../../src/experiment/rules";
import type { Trainer } from "../../src/experiment/trainer";
import type { Device } from "../../src/gpu/device";
import type { Dataset } from "../../src/task/task";
import type { Angles } from "../../src/view/angles";
import { History } from "../../src/view/history";
import { messageOf } from "../../src/view/notice";
import { joined } from "./joined";
import { Pace } from "./pace";

export type RaceState = "none" | "running" | "paused" | "over" | "failed";

export interface RaceHooks {
  /** Opens a device, again where one was lost. */
  open(): Promise<Device>;
  /** Something happened that a person should read. */
  say(message: string, rule?: string): void;
}

/** One look at one rule. */
export interface Measured {
  readonly angles: Angles;
  /** Of the first projection. */
  readonly weights: Float32Array;
}

/** Epochs until a race rests; playing on adds as many again. */
const stretch = 100;

export class Race {
  experiment: Experiment | undefined;
  dataset: Dataset | undefined;
  history = new History(1);
  readonly speeds = new Map<string, number>();
  /** What each rule that can't go on said. */
  readonly diverged = new Map<string, string>();
  readonly pace = new Pace();
  private asked = 0;
  private failed = false;
  private over = false;
  private epochs = stretch;
  private loop = Promise.resolve();
  private turn: Promise<unknown> = Promise.resolve();
  private measuring: Promise<unknown> = Promise.resolve();

  constructor(private readonly hooks: RaceHooks) {}

  get state(): RaceState {
    if (this.failed) return "failed";
    if (!this.experiment) return "none";
    if (this.experiment.paused) return "paused";
    return this.over ? "over" : "running";
  }

  /**
   * Starts a race; the old one runs on until the new one is ready, and for good where that fails.
   * @param keep keeps what rules of both races have learned, for when only the choice of rules has changed
   */
  start(dataset: Dataset, options: ExperimentOptions, keep = false): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const started = this.turn.then(async () => {
      if (mine === this.asked)
        await this.replace(dataset, options, keep && !this.failed && dataset === this.dataset);
      // else a later choice overtook this one
    });
    this.turn = started.catch(() => undefined);
    return started;
  }

  private async replace(dataset: Dataset, options: ExperimentOptions, keep: boolean): Promise<void> {
    const { pace } = this;
    const paced: ExperimentOptions = {
      ...options,
      get submitMs() {
        return pace.submitMs;
      },
    };
    const fresh = await Experiment.create(() => this.hooks.open(), dataset, paced);
    const old = this.experiment;
    await this.halt();
    const same = old && JSON.stringify(old.settings) === JSON.stringify(fresh.settings);
    if (keep && same) fresh.restore(joined(await old.checkpoint(), fresh.lastCheckpoint));
    else this.history = new History(options.batch ?? 128);
    old?.destroy();
    this.experiment = fresh;
    this.dataset = dataset;
    if (!keep) this.epochs = stretch;
    if (!keep) this.speeds.clear();
    this.diverged.clear();
    this.failed = false;
    this.play();
  }

  /** Ends what runs, at the next chunk, and waits until nothing touches its fields any more. */
  private async halt(): Promise<void> {
    this.experiment?.stop();
    this.pace.hurry();
    await this.loop;
    await this.measuring;
  }

  private play(): void {
    this.over = false;
    this.loop = this.drive(this.experiment!);
  }

  private async drive(experiment: Experiment): Promise<void> {
    try {
      for await (const event of experiment.run(this.epochs)) {
        this.take(event, experiment);
        if (event.type === "steps") await this.pace.wait(event.scores.length / experiment.trainers.length);
      }
      this.over = true;
    } catch (error) {
      this.failed = true;
      this.hooks.say(`${messageOf(error)} The race has stopped; Reset starts a new one.`);
    }
    this.history.version += 1;
  }

  private take(event: ExperimentEvent, { trainers }: Experiment): void {
    switch (event.type) {
      case "steps":
        for (const score of event.scores) this.history.addStep(event.rule, score.step, score);
        this.speeds.set(event.rule, smoothed(this.speeds.get(event.rule), event.samplesPerSecond));
        return;
      case "epoch":
        this.history.addTest(event.rule, event.samples, {
          loss: event.testLoss,
          accuracy: event.testAccuracy,
        });
        return;
      case "diverged":
        this.diverged.set(event.rule, event.message);
        this.hooks.say(event.message, event.rule);
        return;
      case "recovered":
        for (const { rule, steps } of trainers) this.history.forget(rule.name, steps);
        this.hooks.say(event.message);
    }
  }

  /** Pauses what runs, resumes what is paused, and goes on with what is over. */
  toggle(): void {
    const { experiment, state } = this;
    if (state === "running") experiment!.pause();
    else if (state === "paused") experiment!.resume();
    else if (state === "over") {
      this.epochs += stretch;
      this.play();
    }
    this.history.version += 1;
  }

  /** One step of every rule. */
  step(): void {
    if (this.state === "none" || this.state === "failed") return;
    if (this.state === "over") this.toggle();
    this.experiment!.step();
    this.pace.hurry();
    this.history.version += 1;
  }

  /** Changes the rate of all rules from the next submit on; undefined: to each rule's own default. */
  setRate(rate: number | undefined): void {
    for (const trainer of this.experiment?.trainers ?? [])
      trainer.set({ rate: rate ?? parametersOf(trainer.rule, trainer.optimiser).rate!.default });
  }

  /** Looks at every rule's angles and first weights; undefined when the race was replaced meanwhile. */
  async measure(): Promise<Measured[] | undefined> {
    const { experiment } = this;
    if (!experiment || this.failed) return undefined;
    const trainers = experiment.trainers.filter(({ rule }) => !this.diverged.has(rule.name));
    const work = Promise.all(trainers.map(measureOne));
    this.measuring = work.catch(() => undefined);
    const seen = await work.catch((error: unknown) => {
      if (experiment === this.experiment && !experiment.device.lostReason()) throw error;
      return undefined;
    });
    return experiment === this.experiment ? seen : undefined;
  }
}

/** A speed that can be read: a running mean over about ten submits. */
function smoothed(before: number | undefined, now: number): number {
  return before === undefined ? now : 0.9 * before + 0.1 * now;
}

async function measureOne(trainer: Trainer): Promise<Measured> {
  const { rule, steps, net } = trainer;
  const [angles, weights] = await Promise.all([
    trainer.alignment(),
    trainer.read(net.projections[0]!.weight.name),
  ]);
  return {
    angles: {
      rule: rule.name,
      samples: steps * net.batch,
      byLayer: angles.map(({ updateAngle }) => updateAngle),
    },
    weights: weights as Float32Array,
  };
}

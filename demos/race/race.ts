/** Race: keeps an experiment running, at the speed asked for, and its history; replaces it without losing it to an error. */
import type { Checkpoint } from "../../src/experiment/checkpoint";
import { Experiment, type ExperimentOptions } from "../../src/experiment/experiment";
import { parametersOf, resolveValues } from "../../src/experiment/rules";
import type { Trainer } from "../../src/experiment/trainer";
import type { Values } from "../../src/net/optimiser";
import type { Dataset } from "../../src/task/task";
import { count } from "../../src/view/format";
import type { Log } from "../../src/view/history";
import { messageOf } from "../../src/view/notice";
import { Chronicle } from "./chronicle";
import type { RaceHooks, RaceState, Start } from "./hooks";
import { joined } from "./joined";
import { Pace } from "./pace";

/** Hours of steps. */
const long = 1_000_000;

export class Race {
  experiment: Experiment | undefined;
  dataset: Dataset | undefined;
  private readonly chronicle: Chronicle;
  readonly pace = new Pace();
  private asked = 0;
  private failed = false;
  private over = false;
  /** The old race is halted, and it is not yet known which one goes on. */
  private changing = false;
  /** The experiment was stopped and does not go on by itself. */
  private halted = false;
  private stretch = long;
  private limit = long;
  private loop = Promise.resolve();
  private turn: Promise<unknown> = Promise.resolve();
  private measuring: Promise<unknown> = Promise.resolve();

  constructor(private readonly hooks: RaceHooks) {
    this.chronicle = new Chronicle(hooks);
  }

  /** What it has shown so far. */
  get history(): Log {
    return this.chronicle.history;
  }

  /** Samples a second of each rule. */
  get speeds(): ReadonlyMap<string, number> {
    return this.chronicle.speeds;
  }

  /** What each rule that can't go on said. */
  get diverged(): ReadonlyMap<string, string> {
    return this.chronicle.diverged;
  }

  get state(): RaceState {
    if (this.failed) return "failed";
    if (!this.experiment) return "none";
    if (this.experiment.paused) return "paused";
    return this.over ? "over" : "running";
  }

  /**
   * Starts a race; the old one runs on until the new one is ready, and for good where that fails.
   * @param keep keeps what rules of both races have learned, for when only the choice of rules has changed
   * @throws one sentence where it can't be made, or not go on from what it is told to
   */
  start(dataset: Dataset, options: ExperimentOptions, keep = false, start: Start = {}): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const started = this.turn.then(async () => {
      if (mine === this.asked) await this.replace(dataset, options, keep && dataset === this.dataset, start);
      // else a later choice overtook this one
    });
    this.turn = started.catch(() => undefined);
    return started;
  }

  private async replace(
    dataset: Dataset,
    options: ExperimentOptions,
    keep: boolean,
    { from, held = false }: Start,
  ): Promise<void> {
    const { pace } = this;
    const paced: ExperimentOptions = {
      ...options,
      get submitMs() {
        return pace.submitMs;
      },
    };
    const fresh = await Experiment.create(() => this.hooks.open(), dataset, paced);
    const old = this.experiment;
    const { state } = this;
    let kept = false;
    this.changing = true;
    try {
      if (from) fresh.restore(from);
      await this.halt();
      kept = keep && !this.failed && JSON.stringify(old?.settings) === JSON.stringify(fresh.settings);
      if (kept) fresh.restore(joined(await old!.checkpoint(), fresh.lastCheckpoint));
    } catch (error) {
      fresh.destroy();
      // What was not halted plays on by itself.
      if (this.halted && (state === "running" || state === "paused")) this.play(state === "paused");
      throw error;
    } finally {
      this.changing = false;
    }
    if (!kept) {
      const { batch } = fresh.settings;
      this.chronicle.begin(batch);
      this.stretch = this.hooks.stretch?.(dataset, batch) ?? long;
      this.limit = this.stretch;
    }
    this.chronicle.revive(fresh.trainers);
    this.failed = false;
    old?.destroy();
    this.experiment = fresh;
    this.dataset = dataset;
    this.play(held || (kept && state === "paused"));
  }

  /** Ends the race for good and frees what it holds. */
  end(): Promise<void> {
    this.asked += 1;
    const ended = this.turn.then(async () => {
      this.changing = true;
      await this.halt();
      this.experiment?.destroy();
      this.experiment = undefined;
      this.changing = false;
    });
    this.turn = ended.catch(() => undefined);
    return ended;
  }

  /** All that learning has changed, between two submits. */
  async checkpoint(): Promise<Checkpoint | undefined> {
    const { experiment } = this;
    if (!experiment || this.changing) return undefined;
    if (this.failed) return experiment.lastCheckpoint;
    const wanted = experiment.checkpoint();
    this.pace.hurry();
    return wanted;
  }

  /** Has the race rest after so many steps in all, and as many again whenever it plays on. */
  restAfter(steps: number): Promise<void> {
    const done = this.turn.then(async () => {
      const { state } = this;
      if (state === "none" || state === "failed") return;
      this.changing = true;
      await this.halt();
      this.changing = false;
      this.stretch = steps;
      this.limit = steps;
      this.play(state === "paused");
    });
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Steps of each rule at which the race rests. */
  get rests(): number {
    return this.limit;
  }

  /** Ends what runs, at the next chunk, and waits until nothing touches its fields any more. */
  private async halt(): Promise<void> {
    this.experiment?.stop();
    this.pace.hurry();
    this.hooks.ended?.(); // lets go of it where it waits for others
    await this.loop;
    await this.measuring;
    this.halted = true;
  }

  /** @param held rests at the step of the foremost rule, once newcomers have reached it */
  private play(held = false): void {
    this.over = false;
    this.halted = false;
    if (held) this.experiment!.pause();
    this.loop = this.drive(this.experiment!, this.dataset!.train.count);
  }

  private async drive(experiment: Experiment, samples: number): Promise<void> {
    try {
      for await (const event of experiment.run((this.limit * experiment.settings.batch) / samples)) {
        this.chronicle.take(event, experiment.trainers);
        if (event.type !== "steps") continue;
        await this.pace.wait(event.scores.length / experiment.trainers.length);
        await this.hooks.abreast?.((event.scores.at(-1)!.step + 1) * experiment.settings.batch);
      }
      if (!this.changing) this.rest();
    } catch (error) {
      this.failed = true;
      this.hooks.say(`${messageOf(error)} The race has stopped; Reset starts a new one.`, "bad");
    }
    this.hooks.ended?.();
    this.history.version += 1;
  }

  /** Nothing is left to run: says why. */
  private rest(): void {
    this.over = true;
    const { trainers } = this.experiment!;
    const last = [...this.diverged.values()].at(-1);
    if (trainers.every(({ rule }) => this.diverged.has(rule.name)))
      this.hooks.say(`${last} No rule is left; a lower learning rate and Reset may help.`, "bad");
    else this.hooks.say(`The race rests after ${count(this.limit)} steps; Play adds as many again.`, "plain");
  }

  /** Pauses what runs, resumes what is paused, and goes on with what is over. */
  toggle(): void {
    const { experiment, state } = this;
    if (this.changing) return;
    if (state === "running") experiment!.pause();
    else if (state === "paused") experiment!.resume();
    else if (state === "over") {
      this.limit += this.stretch;
      this.hooks.say("", "plain");
      this.play();
    }
    this.history.version += 1;
  }

  /** One step of every rule. */
  step(): void {
    if (this.changing || this.state === "none" || this.state === "failed") return;
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

  /** Changes the numbers of all rules from the next submit on; those not told go back to the rule's own. @throws one sentence */
  setValues(values: Values): void {
    for (const trainer of this.experiment?.trainers ?? [])
      trainer.set(resolveValues(trainer.rule, trainer.optimiser, values));
  }

  /**
   * Looks at every rule that can go on, while the race holds still for none of them; its fields outlast the look.
   * @returns undefined when the race was replaced or lost its device meanwhile
   */
  async examine<Seen>(one: (trainer: Trainer) => Promise<Seen>): Promise<Seen[] | undefined> {
    const { experiment } = this;
    if (!experiment || this.failed || this.changing) return undefined;
    const trainers = experiment.trainers.filter(({ rule }) => !this.diverged.has(rule.name));
    const work = Promise.all(trainers.map(one));
    this.measuring = Promise.allSettled([this.measuring, work]);
    const seen = await work.catch((error: unknown) => {
      if (experiment === this.experiment && !experiment.device.lostReason()) throw error;
      return undefined;
    });
    return experiment === this.experiment ? seen : undefined;
  }
}

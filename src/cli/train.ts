/** `engram train`: one network, one task, one or several rules; metrics as they come, checkpoints that resume to the same bits. */
import { existsSync } from "node:fs";
import type { LayerAlignment } from "../audit/alignment";
import type { Checkpoint } from "../experiment/checkpoint";
import type { EpochResult } from "../experiment/events";
import { Experiment } from "../experiment/experiment";
import { rules } from "../experiment/rules";
import { tasks } from "../task/task";
import type { Command, Context } from "./command";
import { openTerminalDevice } from "./open";
import { type Plan, planTraining } from "./plan";
import { Progress } from "./progress";
import { saveCheckpoint } from "./save";
import { angles, type Result, summary } from "./train-text";

const exitInterrupted = 130;

/** What ends a run early, and the exit code that tells of it. */
const exitCodes = { SIGINT: exitInterrupted, SIGTERM: 143, SIGPIPE: 0 };
type Stop = keyof typeof exitCodes;

export const trainCommand: Command = {
  name: "train",
  summary: "train a network under one rule or several, side by side",
  help: `Trains the same network on the same samples under one learning rule or several. All start from the same
weights; none notices the others.

Usage: engram train --rule RULE[,RULE…] --task TASK [flags]
       engram train --rule RULE[,RULE…] --data PATH [flags]
       engram train --preset NAME [flags]

  --rule NAMES       ${rules.map(({ name }) => name).join(", ")}
  --task NAME        ${tasks.map(({ name }) => name).join(", ")}
  --preset NAME      a rule's set-up as published or measured; what else is given overrides it; engram presets lists them
  --data DIR         folder with the task's IDX files, gzipped or not (mnist, fashion-mnist); without it ./data/TASK,
                     ./data and $ENGRAM_DATA/TASK are tried, then the task's download
  --data PATH        without --task: your own data, a CSV or IDX files or a zip of them, or a folder that holds such
  --layers SIZES     from input to output, such as 784,512,10; default the task's own
  --activation NAME  of the hidden layers: identity, relu (default), tanh, sigmoid or hard-sigmoid
  --output NAME      softmax (default; scored by cross-entropy), or an activation (by squared error)
  --epochs N         in all, also with --resume; default 10, or the preset's
  --batch N          samples to a step; default 128, or all samples of a smaller task
  --seed N           keys initial weights, order, noise and synthetic samples; default 1
  --optimizer NAME   sgd, momentum (default) or adam
  --rate X           learning rate; short for --set rate=X
  --set NAME=X       another parameter, for every rule that has it; may be repeated; engram rules lists them
  --train N          use so many training samples; default all
  --test N           use so many test samples; default all
  --align            also measure, after each epoch, the angle between each rule's update and the true gradient
  --save FILE        keep all rules in one safetensors file: after each epoch, at the end, and on Ctrl-C
  --resume FILE      go on from such a file; what is not given is taken from it; --rate and --set may differ
  --json             one object per rule and epoch: {rule, task, epoch, samples, trainLoss, trainAccuracy, testLoss,
                     testAccuracy, samplesPerSecond[, alignment]}, last {done: true, adapter, results}

  engram train --rule backprop,feedback-alignment --task digits --save race.safetensors
  engram train --resume race.safetensors --epochs 20 --save race.safetensors
`,
  options: {
    rule: { type: "string" },
    preset: { type: "string" },
    task: { type: "string" },
    data: { type: "string" },
    layers: { type: "string" },
    activation: { type: "string" },
    output: { type: "string" },
    epochs: { type: "string" },
    batch: { type: "string" },
    seed: { type: "string" },
    optimizer: { type: "string" },
    rate: { type: "string" },
    set: { type: "string", multiple: true },
    train: { type: "string" },
    test: { type: "string" },
    align: { type: "boolean" },
    save: { type: "string" },
    resume: { type: "string" },
  },
  async run(values, context) {
    const plan = await planTraining(values, context);
    const { stderr } = context;
    if (stderr.isTTY) stderr.write("Opening the adapter and compiling …");
    const experiment = await Experiment.create(openTerminalDevice, plan.dataset, plan.options).finally(() => {
      if (stderr.isTTY) stderr.write("\r\x1b[K");
    });
    if (plan.resume) experiment.restore(plan.resume.checkpoint, plan.resume.file);
    return new Training(plan, experiment, context).run();
  },
};

class Training {
  private readonly history = new Map<string, EpochResult[]>();
  private readonly diverged = new Map<string, string>();
  private readonly progress: Progress;
  private savedSteps: number;
  private signal: Stop | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly experiment: Experiment,
    private readonly context: Context,
  ) {
    const { options, epochs } = plan;
    this.savedSteps = this.stepsDone;
    const limit = experiment.stepsFor(epochs);
    this.progress = new Progress(context.stderr, options.rules, limit, epochs, options.batch!, context.json);
  }

  private get stepsDone(): number {
    return this.experiment.trainers.reduce((sum, { steps }) => sum + steps, 0);
  }

  /** @returns the exit code */
  async run(): Promise<number> {
    const interrupt = (signal: Stop) => {
      if (signal === "SIGPIPE") {
        this.signal = signal; // nobody reads on: stop without a word
        this.experiment.stop();
        return;
      }
      if (this.signal) process.exit(exitInterrupted);
      this.signal = signal;
      this.progress.say("Stopping after the steps under way; once more to stop at once.");
      this.experiment.stop();
    };
    const signals: Stop[] = ["SIGINT", "SIGTERM", "SIGPIPE"];
    for (const signal of signals) process.on(signal, interrupt);
    try {
      await this.train();
    } catch (error) {
      this.progress.clear();
      this.rescue();
      throw error;
    } finally {
      for (const signal of signals) process.off(signal, interrupt);
    }
    return this.finish();
  }

  /** Epoch by epoch, so that angles and checkpoints are of the very moment at which an epoch ends. */
  private async train(): Promise<void> {
    const { experiment, plan } = this;
    this.placeAll();
    this.progress.draw();
    for (let epoch = this.epochsDone + 1; epoch <= plan.epochs && !this.signal; epoch++) {
      const ended: EpochResult[] = [];
      for await (const event of experiment.run(epoch)) {
        if (event.type === "steps") this.progress.steps(event.rule, event.scores);
        else if (event.type === "epoch") ended.push(event);
        else if (event.type === "diverged") this.setDiverged(event.rule, event.message);
        else if (event.type === "doubt") this.progress.say(`engram: ${event.message}`);
        else this.setRecovered(event.message);
        if (event.type === "epoch" && !plan.align) this.report(event);
      }
      if (plan.align) for (const result of ended) await this.reportAligned(result);
      if (plan.save && !this.signal && !this.allDiverged) await this.save(plan.save);
    }
    this.progress.clear();
    if (plan.save) await this.saveLast(plan.save);
  }

  /** Whole epochs that the slowest rule has behind it. */
  private get epochsDone(): number {
    const steps = Math.min(...this.experiment.trainers.map((trainer) => trainer.steps));
    return Math.floor((steps * this.plan.options.batch!) / this.plan.dataset.train.count);
  }

  /** As people count: batches straddle epochs, so the step that ends an epoch may have begun the next. */
  private epochAt(steps: number): number {
    const epochs = (steps * this.plan.options.batch!) / this.plan.dataset.train.count;
    const whole = Math.floor(epochs);
    return this.experiment.stepsFor(whole) === steps ? whole : Number(epochs.toFixed(2));
  }

  private get allDiverged(): boolean {
    return this.diverged.size === this.plan.options.rules.length;
  }

  private placeAll(): void {
    for (const { rule, steps } of this.experiment.trainers) this.progress.place(rule.name, steps);
  }

  private setDiverged(rule: string, message: string): void {
    this.diverged.set(rule, message);
    this.progress.note(rule, "diverged");
    this.progress.say(`engram: ${message}`);
  }

  private setRecovered(message: string): void {
    this.placeAll();
    this.progress.say(`engram: ${message}`);
  }

  private report(result: EpochResult, alignment?: readonly LayerAlignment[]): void {
    const past = this.history.get(result.rule) ?? [];
    if ((past.at(-1)?.epoch ?? 0) >= result.epoch) return; // seen already, before the device was lost
    this.history.set(result.rule, [...past, result]);
    this.progress.epoch(result);
    if (this.context.json) {
      const {
        rule,
        task,
        epoch,
        samples,
        trainLoss,
        trainAccuracy,
        testLoss,
        testAccuracy,
        samplesPerSecond,
      } = result;
      const shown = { rule, task, epoch, samples, trainLoss, trainAccuracy, testLoss, testAccuracy };
      this.print({
        ...shown,
        samplesPerSecond: Math.round(samplesPerSecond),
        ...(alignment && { alignment }),
      });
    } else if (alignment) {
      this.progress.say(`epoch ${result.epoch}  ${result.rule}  ${alignment.map(angles).join("   ")}`);
    }
  }

  private async reportAligned(result: EpochResult): Promise<void> {
    const trainer = this.experiment.trainers.find(({ rule }) => rule.name === result.rule);
    this.report(result, trainer && !this.diverged.has(result.rule) ? await trainer.alignment() : []);
  }

  private print(object: unknown): void {
    this.progress.clear();
    this.context.stdout.write(`${JSON.stringify(object)}\n`);
    this.progress.draw();
  }

  private async save(file: string): Promise<Checkpoint> {
    const checkpoint = await this.experiment.checkpoint();
    saveCheckpoint(file, checkpoint);
    this.savedSteps = this.stepsDone;
    return checkpoint;
  }

  /** The state in which the run ends; not where every rule diverged, as nothing good is newer than the file. */
  private async saveLast(file: string): Promise<void> {
    if (this.allDiverged) {
      this.context.stderr.write(
        existsSync(file)
          ? `Nothing more was saved: ${file} is as it was before the divergence.\n`
          : "Nothing was saved.\n",
      );
      return;
    }
    const { snapshots } = await this.save(file);
    const where = snapshots.map(({ name, steps }) => `${name} at epoch ${this.epochAt(steps)}`);
    this.context.stderr.write(`Saved ${file}: ${where.join(", ")}.\n`);
  }

  /** After an error nothing can be read any more: what was kept along the way is saved, if it is newer than the file. */
  private rescue(): void {
    const { plan, experiment, context } = this;
    const kept = experiment.lastCheckpoint;
    const steps = kept.snapshots.reduce((sum, snapshot) => sum + snapshot.steps, 0);
    if (!plan.save || steps <= this.savedSteps) return;
    saveCheckpoint(plan.save, kept);
    context.stderr.write(`Saved ${plan.save} as it stood before the error.\n`);
  }

  private async finish(): Promise<number> {
    const { context, experiment, plan } = this;
    const results: Result[] = [];
    for (const trainer of experiment.trainers) results.push(await this.resultOf(trainer));
    const adapter = experiment.device.facts.name;
    if (!context.json) context.stdout.write(summary(plan, adapter, results));
    else if (!this.signal) context.stdout.write(`${JSON.stringify({ done: true, adapter, results })}\n`);
    if (this.signal) return exitCodes[this.signal];
    return this.diverged.size > 0 ? 1 : 0;
  }

  private async resultOf(trainer: Experiment["trainers"][number]): Promise<Result> {
    const { plan, diverged, history } = this;
    const rule = trainer.rule.name;
    const past = history.get(rule) ?? [];
    const last = past.at(-1);
    const best = past.reduce<EpochResult | undefined>(
      (a, b) => (a && a.testAccuracy >= b.testAccuracy ? a : b),
      undefined,
    );
    const samples = trainer.steps * plan.options.batch!;
    const message = diverged.get(rule);
    const current = last?.samples === samples ? last : undefined;
    const test = message
      ? undefined
      : current
        ? { loss: current.testLoss, accuracy: current.testAccuracy }
        : await trainer.evaluate();
    const epoch = this.epochAt(trainer.steps);
    return {
      rule,
      epoch,
      samples,
      trainLoss: current?.trainLoss ?? null,
      trainAccuracy: current?.trainAccuracy ?? null,
      testLoss: test?.loss ?? null,
      testAccuracy: test?.accuracy ?? null,
      bestTestAccuracy:
        best && best.testAccuracy >= (test?.accuracy ?? 0) ? best.testAccuracy : (test?.accuracy ?? null),
      bestEpoch: best && best.testAccuracy >= (test?.accuracy ?? 0) ? best.epoch : test ? epoch : null,
      samplesPerSecond: current ? Math.round(current.samplesPerSecond) : null,
      ...(message !== undefined && { diverged: message }),
    };
  }
}

/**
 * Experiment: one network, seed and task under one or several rules. Every rule starts from the same weights and sees
 * the same samples in the same order; each has fields of its own, so no rule can notice another.
 *
 * Steps go to the GPU in chunks within a time budget, two chunks ahead of what has been read back. A lost device is
 * opened again and the run goes on from the last checkpoint; a rule that diverges stops alone.
 */
import { type Device, DeviceLostError } from "../gpu/device";
import { refuseTooLarge } from "../gpu/memory";
import type { Values } from "../net/optimiser";
import type { Chosen } from "../net/rule";
import type { Dataset } from "../task/dataset";
import { type Checkpoint, checkSameRun, type RunSettings, snapshotOf } from "./checkpoint";
import { type DataOnDevice, describeDataset, type Streaming, shapeOf, uploadDataset } from "./data";
import type { ExperimentEvent } from "./events";
import { type Chunk, Lane, newTiming } from "./lane";
import type { TrainerOptions } from "./plan";
import { eachRule, fieldsOfRace, planRace, valuesTold } from "./race";
import type { Remaining } from "./remaining";
import { Trainer } from "./trainer";

export interface ExperimentOptions extends Omit<TrainerOptions, "rule" | "prefix" | "values" | "options"> {
  /** Names of the rules that race. */
  readonly rules: readonly string[];
  /** Parameters that differ from the defaults; each holds for all rules that have it, and one at least must. */
  readonly values?: Values;
  /** What shapes the schedule of each rule and differs from the defaults, by the rule's name. */
  readonly options?: Readonly<Record<string, Chosen>>;
  /** How long one submit should keep the GPU, in ms; read anew for every submit. Default 200; a page wants about 30. */
  readonly submitMs?: number;
  /** How often to keep a checkpoint for a lost device, in seconds. Default 20, or 20 times what keeping one takes. */
  readonly keepEvery?: number;
  /**
   * Whether each rule has batches streamed to it rather than all samples on the device. What is learned is the same, bit for
   * bit. Default: only where the samples don't fit.
   */
  readonly stream?: boolean;
  /** About how many bytes of training samples each rule holds on the device when streaming. Default 32 MiB. */
  readonly streamBytes?: number;
}

export class Experiment {
  private lanes: Lane[] = [];
  private kept: Checkpoint | undefined;
  private keptAt = 0;
  /** How long it took to keep the last checkpoint, in ms. */
  private keepMs = 0;
  private keptSteps = 0;
  /** No rule goes beyond this step: finite while the run is paused. */
  private holdAt = Number.POSITIVE_INFINITY;
  /** Lets a run that waits look again at what is wanted of it. */
  private wake = () => {};
  private stopped = false;
  private readonly asked: ((snapshot: Promise<Checkpoint>) => void)[] = [];
  private running = false;

  private constructor(
    private readonly open: () => Promise<Device>,
    private readonly dataset: Dataset,
    readonly options: ExperimentOptions,
    private readonly streaming: Streaming | undefined,
    private current: { readonly device: Device; readonly data: DataOnDevice },
  ) {}

  /**
   * @param open opens a device; called again if it is lost
   * @throws in one sentence for unknown names, bad values, layers that don't fit the data, or a network too large
   */
  static async create(
    open: () => Promise<Device>,
    dataset: Dataset,
    options: ExperimentOptions,
  ): Promise<Experiment> {
    eachRule(options); // what can't be is refused before a device is opened
    describeDataset(dataset);
    const device = await open();
    const race = planRace(device, shapeOf(dataset), options);
    refuseTooLarge(device, fieldsOfRace(race));
    const { streaming } = race;
    const data = await uploadDataset(device, dataset, streaming);
    const experiment = new Experiment(open, dataset, options, streaming, { device, data });
    try {
      await experiment.prepare();
    } catch (error) {
      experiment.destroy();
      throw error;
    }
    return experiment;
  }

  private async prepare(): Promise<void> {
    const { device, data } = this.current;
    const timing = newTiming();
    this.lanes = [];
    for (const options of eachRule(this.options))
      this.lanes.push(new Lane(await Trainer.create(device, options, data), this.dataset, timing));
    this.kept ??= await this.snapshot();
  }

  get device(): Device {
    return this.current.device;
  }

  /** Whether batches are streamed rather than all samples held on the device. */
  get streams(): boolean {
    return this.streaming !== undefined;
  }

  get trainers(): readonly Trainer[] {
    return this.lanes.map(({ trainer }) => trainer);
  }

  /** What makes this run this run. */
  get settings(): RunSettings {
    const {
      layers,
      activation = "relu",
      output = "softmax",
      batch = 128,
      optimizer = "momentum",
      seed = 1,
    } = this.options;
    const { name: task, train, test } = this.dataset;
    return {
      task,
      train: train.count,
      test: test.count,
      layers: [...layers],
      activation,
      output,
      batch,
      optimizer,
      seed,
    };
  }

  /** Steps submitted, of all rules together. */
  private get stepsTaken(): number {
    return this.lanes.reduce((sum, { trainer }) => sum + trainer.steps, 0);
  }

  /** Steps after which `epochs` epochs have been seen. Batches straddle epochs. */
  stepsFor(epochs: number): number {
    return this.lanes[0]!.stepsFor(epochs);
  }

  /**
   * How long the rules that go on will take, together, until each has seen `epochs` epochs: their steps and the tests between
   * them. Undefined until each was timed.
   */
  remaining(epochs: number): Remaining | undefined {
    const each = this.lanes.filter(({ failed }) => !failed).map((lane) => lane.remaining(epochs));
    const known = each.filter((one) => one !== undefined);
    if (known.length < each.length) return undefined;
    const sum = (of: (one: Remaining) => number) => known.reduce((total, one) => total + of(one), 0);
    return { seconds: sum(({ seconds }) => seconds), spread: sum(({ spread }) => spread) };
  }

  /**
   * Trains every rule until it has seen `epochs` epochs, counted from the start of training, and yields what happens
   * while the next steps already run. Ends early after `stop()`.
   */
  async *run(epochs: number): AsyncGenerator<ExperimentEvent, void> {
    if (!(epochs > 0)) throw new Error(`The number of epochs must be above 0, but got ${epochs}.`);
    if (this.running) throw new Error("This experiment is already running; stop it first.");
    this.running = true;
    this.stopped = false;
    try {
      let losses = 0;
      for (;;) {
        try {
          for await (const event of this.race(epochs)) {
            if (event.type === "epoch") losses = 0;
            yield event;
          }
          return;
        } catch (error) {
          if (!(error instanceof DeviceLostError) || ++losses > 3) throw error;
          yield { type: "recovered", message: await this.recover(error) };
        }
      }
    } finally {
      this.running = false;
      for (const answer of this.asked.splice(0)) answer(this.snapshot());
    }
  }

  private async *race(epochs: number): AsyncGenerator<ExperimentEvent, void> {
    const limit = this.stepsFor(epochs);
    const queue: Promise<Chunk>[] = [];
    for (;;) {
      const due = performance.now() - this.keptAt > 1000 * this.keepEvery && this.stepsTaken > this.keptSteps;
      const drain = this.stopped || this.asked.length > 0 || due;
      while (!drain && queue.length < 2) {
        const lane = this.next(Math.min(limit, this.holdAt));
        if (!lane) break;
        queue.push(lane.submit(epochs, this.holdAt, this.options.submitMs ?? 200));
      }
      const head = queue.shift();
      if (head) {
        const chunk = await head;
        yield* chunk.lane.digest(chunk);
      } else if (this.asked.length > 0 || due) {
        this.keptSteps = this.stepsTaken;
        const kept = this.keep();
        for (const answer of this.asked.splice(0)) answer(kept);
        await kept;
      } else if (this.paused && this.next(limit)) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      } else {
        return;
      }
    }
  }

  /** The rule that is furthest behind, if any has steps left. */
  private next(limit: number): Lane | undefined {
    const open = this.lanes.filter(({ trainer, failed }) => !failed && trainer.steps < limit);
    return open.reduce<Lane | undefined>(
      (a, b) => (a && a.trainer.steps <= b.trainer.steps ? a : b),
      undefined,
    );
  }

  /** Holds the run at the step that the foremost rule has reached, once the others have reached it too. */
  pause(): void {
    if (!this.paused)
      this.holdAt = Math.max(
        0,
        ...this.lanes.filter(({ failed }) => !failed).map(({ trainer }) => trainer.steps),
      );
  }

  get paused(): boolean {
    return this.holdAt < Number.POSITIVE_INFINITY;
  }

  /** Pauses, and lets every rule take one step more. */
  step(): void {
    this.pause();
    this.holdAt += 1;
    this.wake();
  }

  resume(): void {
    this.holdAt = Number.POSITIVE_INFINITY;
    this.wake();
  }

  /** Ends the run after the chunks under way; `run` may be called again and goes on from there. */
  stop(): void {
    this.stopped = true;
    this.resume();
  }

  /** A checkpoint of all rules, between two chunks. */
  checkpoint(): Promise<Checkpoint> {
    if (!this.running) return this.keep();
    return new Promise((resolve) => {
      this.asked.push(resolve);
      this.wake();
    });
  }

  /** The last checkpoint that was kept, for when something went wrong since. */
  get lastCheckpoint(): Checkpoint {
    return this.kept!;
  }

  /** Takes a checkpoint that a lost device, or a rule that diverges later, can go back to. */
  private async keep(): Promise<Checkpoint> {
    const started = performance.now();
    this.kept = await this.snapshot();
    this.keptAt = performance.now();
    this.keepMs = this.keptAt - started;
    return this.kept;
  }

  private get keepEvery(): number {
    return this.options.keepEvery ?? Math.max(20, (20 * this.keepMs) / 1000);
  }

  private async snapshot(): Promise<Checkpoint> {
    const snapshots = await Promise.all(
      // A rule that diverged stands where it was last good.
      this.lanes.map((lane) => (lane.failed ? snapshotOf(this.kept!, lane.rule) : lane.snapshot())),
    );
    return { settings: this.settings, snapshots };
  }

  /**
   * Goes on from a checkpoint: weights, optimiser state, parameters and place in the data.
   * @throws when it comes from another run, another architecture, or lacks a rule or a field
   */
  restore(checkpoint: Checkpoint, file?: string): void {
    checkSameRun(checkpoint.settings, this.settings, file);
    this.putBack(checkpoint, valuesTold(this.options), file);
  }

  private putBack(checkpoint: Checkpoint, told: ReadonlyMap<string, Values>, file?: string): void {
    const plan = this.lanes.map((lane) => [lane, snapshotOf(checkpoint, lane.rule, file)] as const);
    for (const [lane, snapshot] of plan) lane.check(snapshot, file);
    for (const [lane, snapshot] of plan) lane.restore(snapshot, told.get(lane.rule));
    this.kept = checkpoint;
    this.keptAt = performance.now();
    this.keptSteps = this.stepsTaken;
  }

  /** Opens a new device and puts the last checkpoint on it. */
  private async recover(cause: DeviceLostError): Promise<string> {
    const device = await this.open();
    this.current = { device, data: await uploadDataset(device, this.dataset, this.streaming) };
    await this.prepare();
    const checkpoint = this.kept!;
    this.putBack(checkpoint, new Map()); // with the numbers in force when it was kept
    const steps = Math.min(...checkpoint.snapshots.map((snapshot) => snapshot.steps));
    return `${cause.message} It was opened again, and training goes on from the checkpoint at step ${steps}.`;
  }

  destroy(): void {
    this.stop();
    for (const { trainer } of this.lanes) trainer.destroy();
    this.current.data.memory.destroy();
  }
}

/**
 * Lane: one rule in a race. It submits its trainer's steps a chunk at a time, sums up the epoch's scores, and can be put
 * away in a snapshot and taken up again.
 */
import type { Values } from "../net/optimiser";
import type { Dataset } from "../task/dataset";
import { checkSameOptions, checkTensors, type Partial, type Snapshot } from "./checkpoint";
import type { ExperimentEvent } from "./events";
import { NotFiniteError } from "./health";
import { type Remaining, StepTimes } from "./remaining";
import { resolveOptions, resolveValues } from "./rules";
import type { Score, StepScore, Trainer } from "./trainer";

const noPartial: Partial = { steps: 0, loss: 0, accuracy: 0 };

/** Browsers round their clocks: no chunk takes less, in ms. */
const leastMs = 0.01;

/** Steps under way, and what came of them. */
export interface Chunk {
  readonly lane: Lane;
  readonly steps: number;
  /** Time that the GPU took for them, the test after them not counted. */
  readonly ms: number;
  /** Time that the test after them took. */
  readonly testMs: number;
  readonly outcome:
    | { readonly scores: readonly StepScore[]; readonly test?: Score; readonly doubt?: string | undefined }
    | { readonly error: unknown };
}

/** What the lanes of one device share: when the last chunk was done, and how long a step takes on the average, in ms. */
export interface Timing {
  last: number;
  msPerStep: number;
}

export const newTiming = (): Timing => ({ last: 0, msPerStep: Number.POSITIVE_INFINITY });

export class Lane {
  /** The rule diverged: its weights are no use any more. */
  failed = false;
  /** A doubt about the rule has been told. */
  private doubted = false;
  private partial: Partial = noPartial;
  /** Steps of this epoch whose time was taken: not those before a restore. */
  private timed = { steps: 0, ms: 0 };
  /** Steps that are done and told of. */
  private done = 0;
  private readonly times = new StepTimes();
  /** How long the last test took; until there was one, tests are not reckoned with. */
  private testMs = 0;

  constructor(
    readonly trainer: Trainer,
    private readonly dataset: Dataset,
    private readonly timing: Timing,
  ) {}

  get rule(): string {
    return this.trainer.rule.name;
  }

  private get batch(): number {
    return this.trainer.net.batch;
  }

  /** Steps after which `epochs` epochs have been seen. Batches straddle epochs. */
  stepsFor(epochs: number): number {
    return Math.ceil((epochs * this.dataset.train.count) / this.batch);
  }

  private epochsAt(steps: number): number {
    return (steps * this.batch) / this.dataset.train.count;
  }

  /**
   * Submits steps that fit into `budgetMs`, go no further than `holdAt`, and end no later than the epoch or the run; the
   * test too, where they end with it.
   */
  async submit(epochs: number, holdAt: number, budgetMs: number): Promise<Chunk> {
    const { trainer } = this;
    const nextEpoch = this.stepsFor(Math.floor(this.epochsAt(trainer.steps)) + 1);
    const boundary = Math.min(nextEpoch, this.stepsFor(epochs));
    const fits = Math.floor(budgetMs / this.timing.msPerStep);
    const steps = Math.max(1, Math.min(fits, trainer.mostSteps, Math.min(boundary, holdAt) - trainer.steps));
    const started = performance.now();
    const work = trainer.advance(steps).then((scores) => ({ scores, ms: this.clock(started, steps) }));
    const isDue = trainer.steps === boundary;
    const [test, doubts] = isDue ? [trainer.evaluate(), trainer.doubt()] : [];
    for (const one of [test, doubts]) one?.catch(() => undefined); // its failure is the chunk's, reported once below
    try {
      const { scores, ms } = await work;
      const trained = performance.now();
      const [score, doubt] = [await test, await doubts];
      if (score) this.timing.last = performance.now();
      const testMs = performance.now() - trained;
      return { lane: this, steps, ms, testMs, outcome: { scores, doubt, ...(score && { test: score }) } };
    } catch (error) {
      return { lane: this, steps, ms: 0, testMs: 0, outcome: { error } };
    }
  }

  /**
   * How long the steps just done took. News of two chunks may come at once, and the second would seem to have taken no
   * time: none is taken to be quicker than twice the average.
   */
  private clock(started: number, steps: number): number {
    const { timing } = this;
    const now = performance.now();
    const ms = now - Math.max(started, timing.last);
    timing.last = now;
    const known = Number.isFinite(timing.msPerStep);
    timing.msPerStep = known ? 0.8 * timing.msPerStep + (0.2 * ms) / steps : ms / steps;
    return Math.max(ms, 0.5 * steps * timing.msPerStep, leastMs);
  }

  /** What a chunk has to tell. @throws what went wrong, unless it is this rule's own divergence */
  *digest({ steps, ms, testMs, outcome }: Chunk): Generator<ExperimentEvent> {
    const { rule } = this;
    if (this.failed) return; // a chunk behind the one that failed
    if ("error" in outcome) {
      if (!(outcome.error instanceof NotFiniteError)) throw outcome.error;
      this.failed = true;
      yield { type: "diverged", rule, message: outcome.error.message };
      return;
    }
    const { scores, test, doubt } = outcome;
    this.timed = { steps: this.timed.steps + steps, ms: this.timed.ms + ms };
    this.done = scores.at(-1)!.step + 1;
    this.times.took(steps, ms);
    if (test) this.testMs = testMs;
    this.partial = {
      steps: this.partial.steps + steps,
      loss: scores.reduce((sum, { loss }) => sum + loss, this.partial.loss),
      accuracy: scores.reduce((sum, { accuracy }) => sum + accuracy, this.partial.accuracy),
    };
    yield { type: "steps", rule, scores, samplesPerSecond: (1000 * this.batch * steps) / ms };
    if (!test) return;
    const { done } = this;
    const epochs = this.epochsAt(done);
    const { partial, timed } = this;
    this.partial = noPartial;
    this.timed = { steps: 0, ms: 0 };
    yield {
      type: "epoch",
      rule,
      task: this.dataset.name,
      epoch: this.stepsFor(Math.floor(epochs)) === done ? Math.floor(epochs) : epochs,
      samples: done * this.batch,
      trainLoss: partial.loss / partial.steps,
      trainAccuracy: partial.accuracy / partial.steps,
      testLoss: test.loss,
      testAccuracy: test.accuracy,
      samplesPerSecond: (1000 * this.batch * timed.steps) / timed.ms,
    };
    if (doubt && !this.doubted) yield { type: "doubt", rule, message: doubt };
    this.doubted ||= doubt !== undefined;
  }

  /** How long this rule's steps and tests up to the end of `epochs` epochs will take; undefined before any was timed. */
  remaining(epochs: number): Remaining | undefined {
    const left = this.times.remaining(this.done, this.stepsFor(epochs));
    const tests =
      this.done < this.stepsFor(epochs) ? Math.ceil(epochs) - Math.floor(this.epochsAt(this.done)) : 0;
    return left && { ...left, seconds: left.seconds + (tests * this.testMs) / 1000 };
  }

  /** Everything that learning has changed, as it stands after the steps submitted so far. */
  async snapshot(): Promise<Snapshot> {
    const { trainer, partial, rule: name } = this;
    const { values, chosen: options, steps, learned } = trainer;
    const tensors = learned.map(
      async (field) => [field.name, { shape: field.shape, data: await trainer.read(field.name) }] as const,
    );
    return { name, values, options, steps, partial, tensors: new Map(await Promise.all(tensors)) };
  }

  /** @throws when a snapshot is not of this network, or its parameters are not the rule's */
  check({ tensors, values, options }: Snapshot, file?: string): void {
    const { rule, optimiser, learned, chosen } = this.trainer;
    checkSameOptions(rule.name, resolveOptions(rule, options), chosen, file);
    checkTensors(rule.name, learned, tensors, file);
    resolveValues(rule, optimiser, values);
  }

  /** Goes on from a snapshot, with `told` parameters in place of its own. */
  restore({ tensors, values, steps, partial }: Snapshot, told: Values = {}): void {
    for (const [name, { data }] of tensors) this.trainer.write(name, data);
    this.trainer.set({ ...values, ...told });
    this.trainer.rewind(steps);
    this.partial = partial;
    this.timed = { steps: 0, ms: 0 };
    this.done = steps;
    this.failed = false;
  }
}

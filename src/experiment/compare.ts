/**
 * Compare: what the scoreboard measures. A cell is one rule's set-up, one seed and one column; each is measured by itself, in
 * an experiment of its own, so cells from several runs and machines make one table.
 */
import type { Device } from "../gpu/device";
import type { Output } from "../net/network";
import type { OptimiserName, Values } from "../net/optimiser";
import type { Activation } from "../net/population";
import type { Chosen } from "../net/rule";
import type { Dataset } from "../task/dataset";
import { uploadDataset } from "./data";
import { balanced, type Disturbance, disturb, disturbances, isImages, rarest } from "./disturb";
import type { EpochResult } from "./events";
import { Experiment, type ExperimentOptions } from "./experiment";
import { NotFiniteError } from "./health";
import { findRule, parametersOf, resolveValues } from "./rules";
import { Trainer } from "./trainer";

/** What can be measured: learning to the end; few labelled samples; a stream, one sample at a time; disturbed test images. */
export const columns = ["accuracy", "few", "online", "robust"] as const;
export type Column = (typeof columns)[number];

/** Everything that makes a cell what it is, beside its seed. Equal set-ups give equal numbers, times aside. */
export interface Setup {
  /** A preset's name, or a rule's. */
  readonly name: string;
  readonly rule: string;
  readonly task: string;
  /** Samples to learn from and to test on. */
  readonly train: number;
  readonly test: number;
  readonly layers: readonly number[];
  readonly batch: number;
  readonly activation: Activation;
  readonly output: Output;
  readonly optimizer: OptimiserName;
  readonly values: Values;
  readonly options: Chosen;
  /** Passes through the training samples; of `few` and `online` those that the numbers were chosen for. */
  readonly epochs: number;
  /** Of `few`: training steps at the most. Of `online`: samples in the stream. */
  readonly limit?: number;
}

/** Test accuracies are shares of 1. */
export interface Point {
  readonly samples: number;
  /** Of training alone: tests and compiling are not counted. */
  readonly seconds: number;
  readonly accuracy: number;
}

export interface Results {
  accuracy: { readonly final: number; readonly best: number; readonly curve: readonly Point[] };
  few: readonly { readonly perClass: number; readonly steps: number; readonly accuracy: number | null }[];
  online: { readonly samples: number; readonly accuracy: number; readonly samplesPerSecond: number };
  robust: Readonly<Record<Disturbance, number>>;
}

export type Cell = {
  [Of in Column]: {
    readonly name: string;
    readonly seed: number;
    readonly column: Of;
    readonly setup: Setup;
    readonly adapter: string;
    readonly result?: Results[Of];
    /** Why there is no result. */
    readonly failed?: string;
    /** The failure is the rule's own: measured again it would be the same. */
    readonly diverged?: boolean;
  };
}[Column];

/** Where and how a cell is measured. */
export interface Bench {
  /** Opens a device, again where one was lost. */
  open(): Promise<Device>;
  readonly dataset: Dataset;
  readonly seed: number;
  /** Ends the measurement early; its cell is then not measured. */
  readonly signal: AbortSignal;
  /** Hears how much is done, from 0 to 1, and the test accuracy where there is one. */
  progress(share: number, accuracy?: number): void;
}

/** The measurement was ended by its signal. */
export class StoppedError extends Error {
  override name = "StoppedError";
  override message = "The measurement was stopped; start it again to have its result.";
}

/** Times per class that labels are given in the column `few`. */
export const fewPerClass = [1, 10, 100] as const;

/** Shares of the first epoch after which accuracy is tested, beside each whole epoch. */
const firstTests = [1 / 16, 1 / 8, 1 / 4, 1 / 2];

const submitMs = 200;
const mostSteps = 512;

/** Changes what falls to zero over a preset's epochs so that it does over as many as are run. */
function annealed(values: Values, share: number): Values {
  return values.anneal ? { ...values, anneal: values.anneal * share } : values;
}

const experimentOptions = (setup: Setup, seed: number): ExperimentOptions => ({
  rules: [setup.rule],
  layers: setup.layers,
  batch: setup.batch,
  activation: setup.activation,
  output: setup.output,
  optimizer: setup.optimizer,
  values: setup.values,
  options: { [setup.rule]: setup.options },
  metrics: false,
  seed,
  submitMs,
});

/**
 * Trains to the end and tests along the way; with `robust` also on disturbed test images, with the weights trained.
 * @throws NotFiniteError when the rule diverges, StoppedError
 */
export async function measureTraining(
  bench: Bench,
  setup: Setup,
  robust: boolean,
): Promise<{ accuracy: Results["accuracy"]; robust?: Results["robust"]; adapter: string }> {
  return withExperiment(
    bench,
    experimentOptions(setup, bench.seed),
    bench.dataset,
    async (experiment, run) => {
      const curve: Point[] = [];
      for (const until of [...firstTests, setup.epochs])
        for await (const event of run(until)) {
          const before = curve.filter(({ samples }) => samples < event.samples).at(-1);
          const seconds = (event.samples - (before?.samples ?? 0)) / event.samplesPerSecond;
          curve.push({
            samples: event.samples,
            seconds: (before?.seconds ?? 0) + seconds,
            accuracy: event.testAccuracy,
          });
          bench.progress(event.epoch / setup.epochs, event.testAccuracy);
        }
      const accuracy = {
        final: curve.at(-1)!.accuracy,
        best: Math.max(...curve.map((point) => point.accuracy)),
        curve,
      };
      const adapter = experiment.device.facts.name;
      if (!robust) return { accuracy, adapter };
      return { accuracy, robust: await onDisturbed(experiment.trainers[0]!, bench), adapter };
    },
  );
}

const notImages = ({ title }: Dataset) =>
  `The samples of ${title} are no images that could be moved or turned.`;

async function onDisturbed(trainer: Trainer, { dataset, seed }: Bench): Promise<Results["robust"]> {
  const scores: [Disturbance, number][] = [];
  for (const how of disturbances) {
    trainer.write("task/test", disturb(dataset.test, dataset.shape, how, seed).data);
    scores.push([how, (await trainer.evaluate()).accuracy]);
  }
  return Object.fromEntries(scores) as Results["robust"];
}

/**
 * Trains anew on 1, 10 and 100 labelled samples of each class and nothing else, for a tenth of the preset's steps on the
 * whole set, but at least 100 and at most `setup.limit`. Where a rule diverges the number is null.
 */
export async function measureFew(
  bench: Bench,
  setup: Setup,
): Promise<{ few: Results["few"]; adapter: string }> {
  const { dataset, seed, signal } = bench;
  const counts = fewPerClass.filter((count) => count <= rarest(dataset));
  const preset = (setup.epochs * setup.train) / setup.batch;
  const steps = Math.ceil(Math.min(setup.limit ?? 1000, Math.max(100, preset / 10)));
  const device = await bench.open();
  const few: Results["few"][number][] = [];
  for (const [index, perClass] of counts.entries()) {
    const cut = { ...dataset, train: balanced(dataset, perClass, seed) };
    const batch = Math.min(setup.batch, cut.train.count);
    const data = await uploadDataset(device, cut);
    const passes = (steps * batch) / cut.train.count;
    const values = annealed(setup.values, passes / setup.epochs);
    let trainer: Trainer | undefined;
    try {
      const { rules: _, options: __, ...options } = experimentOptions(setup, seed);
      trainer = await Trainer.create(
        device,
        { ...options, rule: setup.rule, options: setup.options, batch, values },
        data,
      );
      for (let perSubmit = 1; trainer.steps < steps; ) {
        const begun = performance.now();
        const count = Math.min(perSubmit, steps - trainer.steps);
        await trainer.advance(count);
        perSubmit = Math.max(
          1,
          Math.min(mostSteps, Math.floor((submitMs * count) / (performance.now() - begun))),
        );
        if (signal.aborted) throw new StoppedError();
        bench.progress((index + trainer.steps / steps) / counts.length);
      }
      few.push({ perClass, steps, accuracy: (await trainer.evaluate()).accuracy });
    } catch (error) {
      if (!(error instanceof NotFiniteError)) throw error;
      few.push({ perClass, steps, accuracy: null });
    } finally {
      trainer?.destroy();
      data.memory.destroy();
    }
  }
  return { few, adapter: device.facts.name };
}

/**
 * One pass, one sample at a time, over `setup.limit` training samples: each rate of the preset shrinks with the batch, in
 * proportion (Goyal et al. 2017) or, under Adam, by the root of it.
 * @throws NotFiniteError when the rule diverges, StoppedError
 */
export async function measureOnline(
  bench: Bench,
  setup: Setup,
): Promise<{ online: Results["online"]; adapter: string }> {
  const { dataset, seed } = bench;
  const count = Math.min(setup.limit ?? dataset.train.count, dataset.train.count);
  const { data, labels } = dataset.train;
  const train = { data: data.subarray(0, count * dataset.inputs), labels: labels.subarray(0, count), count };
  const options = { ...experimentOptions(setup, seed), batch: 1, values: onlineValues(setup) };
  return withExperiment(bench, options, { ...dataset, train }, async (experiment, run) => {
    let last: EpochResult | undefined;
    for (const until of [0.25, 0.5, 0.75, 1])
      for await (const event of run(until)) {
        last = event;
        bench.progress(event.samples / count, event.testAccuracy);
      }
    const { samples, testAccuracy: accuracy, samplesPerSecond } = last!;
    return {
      online: { samples, accuracy, samplesPerSecond },
      adapter: experiment.device.facts.name,
    };
  });
}

/** A preset's numbers for a batch of one and a single pass. */
export function onlineValues({ rule: name, optimizer, batch, epochs, values }: Setup): Values {
  const rule = findRule(name);
  const share = optimizer === "adam" ? 1 / Math.sqrt(batch) : 1 / batch;
  const parameters = parametersOf(rule, optimizer);
  const all = Object.entries(resolveValues(rule, optimizer, values)).map(([parameter, value]) => {
    const isRate = /^rate$|Rate$/.test(parameter);
    return [parameter, isRate ? Math.max(parameters[parameter]!.min, value * share) : value] as const;
  });
  return annealed(Object.fromEntries(all), 1 / epochs);
}

type Run = (until: number) => AsyncGenerator<EpochResult, void>;

/** An experiment for one measurement: stopped by the bench's signal, freed in any case. */
async function withExperiment<Result>(
  { open, signal }: Bench,
  options: ExperimentOptions,
  dataset: Dataset,
  work: (experiment: Experiment, run: Run) => Promise<Result>,
): Promise<Result> {
  const experiment = await Experiment.create(open, dataset, options);
  const stop = () => experiment.stop();
  signal.addEventListener("abort", stop);
  try {
    // Once through everything, so that what drivers compile at first use is not timed; then back to the start.
    const start = experiment.lastCheckpoint;
    for (const trainer of experiment.trainers) {
      await trainer.advance(1);
      await trainer.evaluate();
    }
    experiment.restore(start);
    return await work(experiment, async function* (until) {
      if (signal.aborted) throw new StoppedError();
      for await (const event of experiment.run(until)) {
        if (event.type === "epoch") yield event;
        if (event.type === "diverged") throw new NotFiniteError(event.message);
      }
      if (signal.aborted) throw new StoppedError();
    });
  } finally {
    signal.removeEventListener("abort", stop);
    experiment.destroy();
  }
}

/**
 * Measures what is wanted of one set-up and seed, and tells each cell as it is done. A failure is a cell too.
 * @throws StoppedError
 */
export async function* measureCells(
  bench: Bench,
  wanted: Partial<Record<Column, Setup>>,
): AsyncGenerator<Cell, void> {
  const { seed } = bench;
  const cell = (column: Column, setup: Setup, rest: object): Cell =>
    ({ name: setup.name, seed, column, setup, ...rest }) as Cell;
  const failure = (error: unknown) => {
    if (error instanceof StoppedError) throw error;
    return {
      adapter: "",
      failed: error instanceof Error ? error.message : String(error),
      ...(error instanceof NotFiniteError && { diverged: true }),
    };
  };
  const { accuracy, few, online } = wanted;
  const images = isImages(bench.dataset);
  const robust = images ? wanted.robust : undefined;
  if (wanted.robust && !images)
    yield cell("robust", wanted.robust, { adapter: "", failed: notImages(bench.dataset), diverged: true });
  const setup = accuracy ?? robust;
  if (setup) {
    try {
      const measured = await measureTraining(bench, setup, robust !== undefined);
      const { adapter } = measured;
      if (accuracy) yield cell("accuracy", setup, { adapter, result: measured.accuracy });
      if (robust) yield cell("robust", setup, { adapter, result: measured.robust });
    } catch (error) {
      if (accuracy) yield cell("accuracy", setup, failure(error));
      if (robust) yield cell("robust", setup, failure(error));
    }
  }
  if (few)
    yield await measureFew(bench, few).then(
      ({ few: result, adapter }) => cell("few", few, { adapter, result }),
      (error: unknown) => cell("few", few, failure(error)),
    );
  if (online)
    yield await measureOnline(bench, online).then(
      ({ online: result, adapter }) => cell("online", online, { adapter, result }),
      (error: unknown) => cell("online", online, failure(error)),
    );
}

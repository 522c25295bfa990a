/** Bench: where a cell of the scoreboard is measured, and the experiment that one measurement runs. */
import type { Device } from "../gpu/device";
import type { Values } from "../net/optimiser";
import type { Dataset } from "../task/dataset";
import type { Setup } from "./cell";
import type { EpochResult } from "./events";
import { Experiment, type ExperimentOptions } from "./experiment";
import { NotFiniteError } from "./health";

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

export const submitMs = 200;

/** Changes the epochs over which a preset's rates fall to zero, the readout's among them, to as large a share as is run of it. */
export function annealed(values: Values, share: number): Values {
  const all = Object.entries(values);
  return Object.fromEntries(
    all.map(([name, value]) => [name, /^anneal$|Anneal$/.test(name) ? value * share : value]),
  );
}

/** A set-up as an experiment of its own: nobody reads its metrics. */
export const experimentOptions = (setup: Setup, seed: number): ExperimentOptions => ({
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

/** Trains to an epoch, or a share of one, and tells each result on the way. @throws NotFiniteError, StoppedError */
export type Run = (until: number) => AsyncGenerator<EpochResult, void>;

/** An experiment for one measurement: stopped by the bench's signal, freed in any case. */
export async function withExperiment<Result>(
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

/** What the page needs to know of a model that learns in time. */
import type { DataOnDevice } from "../../src/experiment/data";
import type { TrialPlan, Trials } from "../../src/experiment/trials";
import type { Device } from "../../src/gpu/device";
import type { Schedule } from "../../src/gpu/schedule";
import type { Trial } from "../../src/view/trial-raster";

/** What a test has left on the GPU: one of its trials, and how often a hidden neuron fires in all of them. */
export interface Look {
  readonly trial: Trial;
  readonly told: string;
  /** Whether the GPU counted the answer as right. */
  readonly right: boolean;
  /** Spikes/s. */
  readonly rate: number;
  /** [28²], from 0 to 1, where the trial is an image. */
  readonly image?: Float32Array;
}

export interface Model {
  readonly rule: string;
  /** A CSS custom property. */
  readonly colour: string;
  readonly task: string;
  readonly says: string;
  readonly network: string;
  /** Errors of a guess, and the top of the chart. */
  readonly chance: number;
  readonly top: number;
  readonly batch: number;
  /** Trials of a test, which are never learned from. */
  readonly tests: number;
  /** Training steps between tests, and until the story is told. */
  readonly testEvery: number;
  readonly enough: number;
  /** Draws what has to be drawn beforehand. */
  open(device: Device, seed: number): Promise<{ readonly plan: TrialPlan; readonly data?: DataOnDevice }>;
  /** @param test counts the tests, so that one can show another trial each time */
  look(trials: Trials, test: number): Promise<Look>;
  /** A training step in which every step of time is told apart, as the audit needs it. */
  apart(): Schedule;
}

/** Where the spikes of one sample are: [step, neuron] of `size` neurons from `from` on. @param spikes [steps, batch, all] */
export function spikesOf(
  spikes: Float32Array,
  { batch, all, sample }: { readonly batch: number; readonly all: number; readonly sample: number },
  from: number,
  size: number,
): (readonly [step: number, neuron: number])[] {
  const steps = spikes.length / (batch * all);
  return Array.from({ length: steps }, (_, step) => {
    const row = (step * batch + sample) * all + from;
    return Array.from({ length: size }, (_, neuron) => neuron)
      .filter((neuron) => spikes[row + neuron]! > 0)
      .map((neuron) => [step, neuron] as const);
  }).flat();
}

/** What the outputs hear of their synapses at each step: [steps][outputs]. @param weight [hidden, outputs] */
export function driveOf(
  spikes: readonly (readonly [step: number, neuron: number])[],
  weight: Float32Array,
  steps: number,
  outputs: number,
): Float32Array[] {
  const drive = Array.from({ length: steps }, () => new Float32Array(outputs));
  for (const [step, neuron] of spikes)
    for (let output = 0; output < outputs; output++)
      drive[step]![output]! += weight[neuron * outputs + output]!;
  return drive;
}

/** Spikes/s of a neuron, from all of a field of spikes. */
export const rateOf = (spikes: Float32Array, dtMs: number) =>
  (1000 * spikes.reduce((sum, one) => sum + one, 0)) / (spikes.length * dtMs);

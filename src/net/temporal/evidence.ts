/**
 * Evidence accumulation (Morcos & Harvey 2016; Bellec et al. 2020, figure 3): seven cues from the left or the right, a delay,
 * then a signal to recall which side had more. Trials are drawn on the GPU, another for each sample and training step.
 */
import type { Field } from "../../gpu/field";
import { own } from "../synapses";
import type { TemporalBuilder } from "./builder";

/** Times in steps; rates as the chance of a spike in a step. */
export interface EvidenceTask {
  readonly cues: number;
  readonly cue: number;
  /** From one cue to the next; a cue ends its interval. */
  readonly interval: number;
  readonly delay: number;
  readonly recall: number;
  /** Chance that a cue comes from the trial's likelier side. */
  readonly likely: number;
  readonly active: number;
  readonly noise: number;
}

export function trialSteps({ cues, interval, delay, recall }: EvidenceTask): number {
  return cues * interval + delay + recall;
}

/** Draws the input spikes of the span, [rows, batch, inputs] in four populations, and each trial's label. */
export function drawEvidence(step: TemporalBuilder, task: EvidenceTask, spikes: Field, seed: number): void {
  const { target, clock, batch } = step.net;
  const size = spikes.shape.at(-1)!;
  step.inTime({
    verb: "local",
    kernel: "temporal/evidence",
    bind: { spikes, label: target, clock },
    writes: [
      { field: spikes, from: own(clock, ...step.kept(spikes)) },
      { field: target, from: own(clock) },
    ],
    layer: 0,
    constants: {
      ...{ BATCH: batch, SIZE: size, STEPS: step.time.steps, SEED: seed },
      ...{ CUES: task.cues, CUE: task.cue, INTERVAL: task.interval, RECALL: task.recall },
      ...{ LIKELY: task.likely, ACTIVE: task.active, NOISE: task.noise },
    },
    threads: batch * Math.ceil(size / 4),
  });
}

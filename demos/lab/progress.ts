/** Progress: how far all races of the lab have come together. */
import type { Experiment } from "../../src/experiment/experiment";
import type { Race } from "../race/race";
import type { Run } from "./run";

export type LabStanding = "none" | "running" | "paused" | "over" | "failed";

/** The liveliest state of any race is the lab's. */
export function standingOf(runs: readonly Run[]): LabStanding {
  const states = runs.flatMap((run) => run.states);
  const order = ["running", "paused", "over", "failed"] as const;
  return order.find((state) => states.includes(state)) ?? "none";
}

/** Steps of a race's one rule; while a lost device is opened again there is none to ask, and it has done none there yet. */
export const stepsOf = (experiment: Experiment | undefined): number => experiment?.trainers[0]?.steps ?? 0;

/** Samples that all races together have seen, and will have seen when they rest; those that diverged don't count. */
export function samplesOf(races: readonly Race[]): { readonly seen: number; readonly inAll: number } {
  let [seen, inAll] = [0, 0];
  for (const { experiment, diverged, rests } of races) {
    if (!experiment || diverged.size > 0) continue;
    const { batch } = experiment.settings;
    seen += stepsOf(experiment) * batch;
    inAll += rests * batch;
  }
  return { seen, inAll };
}

/** Epochs of the race that has seen most, and at which the last of them rests. */
export function epochsOf(races: readonly Race[]): { readonly seen: number; readonly inAll: number } {
  let [seen, inAll] = [0, 0];
  for (const { experiment, rests } of races) {
    if (!experiment) continue;
    const { batch, train } = experiment.settings;
    seen = Math.max(seen, (stepsOf(experiment) * batch) / train);
    inAll = Math.max(inAll, (rests * batch) / train);
  }
  return { seen, inAll };
}

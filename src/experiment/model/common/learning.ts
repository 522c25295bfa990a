/** Learning models: what those report that run trial after trial and are scored, rather than for so many seconds. */
import type { ModelResult } from "./model";

export interface LearningFigures {
  readonly neurons: number;
  readonly synapses: number;
  /** Trials learned from, the same one counted as often as it came. */
  readonly samples: number;
  /** What the trials learned from last, s of the network's own time. */
  readonly simulatedSeconds: number;
  /** Of training alone. */
  readonly wallSeconds: number;
}

/** The last keys of --json. */
export function learningJson(figures: LearningFigures, adapter: string): ModelResult["json"] {
  const { samples, simulatedSeconds, wallSeconds } = figures;
  return {
    ...figures,
    realTimeFactor: wallSeconds / simulatedSeconds,
    samplesPerSecond: samples / wallSeconds,
    adapter,
  };
}

/** Every event of a run, to its result; undefined where the signal ended it first. @throws whatever else goes wrong */
export async function follow<Event, Result>(
  events: AsyncGenerator<Event, Result>,
  hear: (event: Event) => void,
  signal?: AbortSignal,
): Promise<Result | undefined> {
  try {
    for (;;) {
      const { done, value } = await events.next();
      if (done) return value;
      hear(value);
    }
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}

export const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

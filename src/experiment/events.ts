/** What an experiment tells while it runs. */
import type { StepScore } from "./trainer";

export type ExperimentEvent =
  /** Steps of one rule are done. */
  | {
      readonly type: "steps";
      readonly rule: string;
      readonly scores: readonly StepScore[];
      readonly samplesPerSecond: number;
    }
  /** One rule has seen every sample once more. */
  | ({ readonly type: "epoch" } & EpochResult)
  /** Something is amiss, though the rule goes on: told once, at the end of the epoch that shows it. */
  | { readonly type: "doubt"; readonly rule: string; readonly message: string }
  /** The rule can't go on; the others do. */
  | { readonly type: "diverged"; readonly rule: string; readonly message: string }
  /** The device was lost, and the run goes on from the checkpoint. */
  | { readonly type: "recovered"; readonly message: string };

export interface EpochResult {
  readonly rule: string;
  readonly task: string;
  /** From 1; a fraction where the run ends within an epoch. */
  readonly epoch: number;
  /** Seen so far. */
  readonly samples: number;
  /** Means over the epoch's samples, each scored before the network learned from it. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly testLoss: number;
  readonly testAccuracy: number;
  readonly samplesPerSecond: number;
}

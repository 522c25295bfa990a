/** Cell: one number, or a few, of the scoreboard: one rule's set-up, one seed and one column. */
import type { Output } from "../net/network";
import type { OptimiserName, Values } from "../net/optimiser";
import type { Activation } from "../net/population";
import type { Chosen } from "../net/rule";
import type { Disturbance } from "./disturb";

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

/** Times per class that labels are given in the column `few`. */
export const fewPerClass = [1, 10, 100] as const;

/** Model: what a spiking network that runs by name is, and what a run of it is asked and gives. */
import type { Device } from "../../../gpu/device";
import type { Dataset } from "../../../task/dataset";

/** What a run can write down, besides what it prints. */
export const recordings = ["spikes", "rates", "voltages", "weights", "network"] as const;
export type Recording = (typeof recordings)[number];

/** A setting of one model's own: a number, or one of some names. */
export interface Setting {
  readonly default: number | string;
  readonly about: string;
  /** The names that it may have; a number's least and greatest value stand in `min` and `max`. */
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

export type Settings = Readonly<Record<string, number | string>>;

export interface ModelOptions {
  /** Time to simulate, s. */
  readonly seconds: number;
  /** Neurons against the model's own number. */
  readonly scale: number;
  readonly seed: number;
  /** Every setting of the model, checked. */
  readonly settings: Settings;
  readonly record: readonly Recording[];
  /** The samples of the model's `task`, where it has one. */
  readonly dataset?: Dataset;
  /** Ends the run early; what was done by then is reported. */
  readonly signal?: AbortSignal;
}

/** Told while it runs: the share done, from 0 to 1, and half a line on what is going on. */
export type Progress = (share: number, note?: string) => void;

/** A table of a report for people: cells, the first row its head; `numeric` columns are aligned to the right. */
export interface ReportTable {
  readonly rows: readonly (readonly string[])[];
  readonly numeric?: readonly number[];
}

export interface ModelResult {
  /** What --json prints. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The same for people: paragraphs and tables in order. */
  readonly lines: readonly (string | ReportTable)[];
  /** What --out writes, by file name. */
  readonly files?: Readonly<Record<string, Uint8Array<ArrayBuffer> | string>>;
}

export interface Model {
  readonly name: string;
  /** What it is, in half a line. */
  readonly about: string;
  /** Paper, and table or figure. */
  readonly source: string;
  /** What a run of it shows, in a sentence or two. */
  readonly shows: string;
  /** Simulated unless told otherwise, s; 0 where settings tell how long a run is, in trials or epochs. */
  readonly seconds: number;
  /** Default 1. */
  readonly scale?: { readonly default: number; readonly min: number; readonly max: number } | undefined;
  readonly settings?: Readonly<Record<string, Setting>>;
  /** The task whose samples it learns, loaded for it; settings `train` and `test`, where above 0, limit how many. */
  readonly task?: string;
  /** What it can write down; default none. */
  readonly records?: readonly Recording[];
  /** @throws one sentence where it can't be run, or the adapter can't hold it */
  readonly run: (device: Device, options: ModelOptions, progress: Progress) => Promise<ModelResult>;
}

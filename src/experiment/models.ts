/**
 * Models: spiking networks that run by name, each with its source, what it shows, and how it is measured. One a file in
 * `model/`, found by glob: a file exports `model`.
 */
import type { Device } from "../gpu/device";
import { unknownName } from "../gpu/name";
import type { Dataset } from "../task/dataset";

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
  /** Simulated unless told otherwise, s. */
  readonly seconds: number;
  /** Default 1. */
  readonly scale?: { readonly default: number; readonly min: number; readonly max: number } | undefined;
  readonly settings?: Readonly<Record<string, Setting>>;
  /** The task whose samples it learns, loaded for it. */
  readonly task?: string;
  /** What it can write down; default none. */
  readonly records?: readonly Recording[];
  /** @throws one sentence where it can't be run, or the adapter can't hold it */
  readonly run: (device: Device, options: ModelOptions, progress: Progress) => Promise<ModelResult>;
}

const modules = import.meta.glob<{ model: Model }>("./model/*.ts", { eager: true });

/** Every model, by name. */
export const models: readonly Model[] = Object.values(modules)
  .map(({ model }) => model)
  .sort((a, b) => a.name.localeCompare(b.name));

/** @throws when there is none of that name, with the nearest that there is */
export function findModel(name: string): Model {
  const found = models.find((model) => model.name === name);
  if (found) return found;
  throw new Error(
    unknownName(
      "model",
      name,
      models.map((model) => model.name),
    ),
  );
}

/**
 * Options with the model's defaults filled in.
 * @param given settings by name, as text
 * @throws in one sentence for a name or a number that the model can't take
 */
export function modelOptions(
  model: Model,
  given: Partial<Omit<ModelOptions, "settings">> & { readonly settings?: Readonly<Record<string, string>> },
): ModelOptions {
  const { seconds = model.seconds, scale = model.scale?.default ?? 1, seed = 1, record = [] } = given;
  if (!(seconds > 0 && Number.isFinite(seconds)))
    throw new Error(`A run must take a number of seconds above 0, but was to take ${seconds}.`);
  const { min, max } = model.scale ?? { min: 1, max: 1 };
  if (!(scale >= min && scale <= max))
    throw new Error(
      min === max
        ? `The model ${model.name} has one size, but a scale of ${scale} was asked for; leave it out.`
        : `The scale of ${model.name} must be a number from ${min} to ${max}, but is ${scale}.`,
    );
  const stray = record.find((what) => !(model.records ?? []).includes(what));
  if (stray !== undefined)
    throw new Error(
      `The model ${model.name} records ${model.records?.join(", ") || "nothing"}, but ${stray} was asked for.`,
    );
  return { ...given, seconds, scale, seed, record, settings: settingsOf(model, given.settings ?? {}) };
}

function settingsOf(model: Model, given: Readonly<Record<string, string>>): Settings {
  const known = model.settings ?? {};
  for (const name of Object.keys(given))
    if (!Object.hasOwn(known, name))
      throw new Error(
        Object.keys(known).length === 0
          ? `The model ${model.name} has no settings, but ${name} was set; leave it out.`
          : unknownName(`setting of ${model.name}`, name, Object.keys(known)),
      );
  return Object.fromEntries(
    Object.entries(known).map(([name, setting]) => [
      name,
      given[name] === undefined ? setting.default : settingValue(name, setting, given[name]),
    ]),
  );
}

function settingValue(name: string, setting: Setting, typed: string): number | string {
  if (typeof setting.default === "string") {
    if (setting.choices === undefined || setting.choices.includes(typed)) return typed;
    throw new Error(unknownName(`${name}`, typed, setting.choices));
  }
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = setting;
  const value = typed.trim() === "" ? Number.NaN : Number(typed);
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  throw new Error(`${name} must be a number from ${min} to ${max}, but is "${typed}".`);
}

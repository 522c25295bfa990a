/**
 * Checkpoint: all that a run needs to go on to the same bits, in one safetensors file. Tensors are named
 * `rule/projection/field`; what describes the run is JSON in the metadata. It holds no times, paths or tuning.
 */
import * as v from "valibot";
import type { Field } from "../gpu/field";
import { nearest } from "../gpu/name";
import {
  readSafetensors,
  safetensorsParts,
  type Tensor,
  type TensorFile,
  writeSafetensors,
} from "./safetensors";

const format = "engram-checkpoint-1";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Sums over the steps of the epoch that a checkpoint fell into. */
const partialSchema = v.strictObject({ steps: count, loss: v.number(), accuracy: v.number() });

const samples = v.pipe(count, v.minValue(1));

const settingsSchema = v.strictObject({
  task: v.string(),
  /** Numbers of samples: the order in which they are seen depends on the first. */
  train: samples,
  test: samples,
  layers: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(2)),
  activation: v.string(),
  output: v.string(),
  batch: v.pipe(count, v.minValue(1)),
  optimizer: v.string(),
  seed: count,
});

const headSchema = v.strictObject({
  format: v.literal(format),
  settings: settingsSchema,
  rules: v.array(
    v.strictObject({
      name: v.string(),
      values: v.record(v.string(), v.number()),
      options: v.optional(v.record(v.string(), v.union([v.number(), v.string()])), {}),
      steps: count,
      partial: partialSchema,
    }),
  ),
});

/** What must be the same for a run to be the same run. */
export type RunSettings = v.InferOutput<typeof settingsSchema>;
export type Partial = v.InferOutput<typeof partialSchema>;

/** Where one rule stands. */
export interface Snapshot {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
  /** What shapes the rule's schedule. */
  readonly options: Readonly<Record<string, number | string>>;
  readonly steps: number;
  readonly partial: Partial;
  /** By field name, `projection/field`. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

export interface Checkpoint {
  readonly settings: RunSettings;
  readonly snapshots: readonly Snapshot[];
}

export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  return writeSafetensors(contentsOf(checkpoint));
}

/** The same file in pieces, for one too large to be copied at once. */
export function checkpointParts(checkpoint: Checkpoint): Uint8Array<ArrayBuffer>[] {
  return safetensorsParts(contentsOf(checkpoint));
}

function contentsOf({ settings, snapshots }: Checkpoint): TensorFile {
  const rules = snapshots.map(({ tensors: _, ...facts }) => facts);
  const tensors = new Map(
    snapshots.flatMap(({ name, tensors: own }) =>
      [...own].map(([field, tensor]) => [`${name}/${field}`, tensor] as const),
    ),
  );
  return { metadata: { engram: JSON.stringify({ format, settings, rules }) }, tensors };
}

/**
 * @param file how errors call the file
 * @throws one sentence when the file is broken or not a checkpoint of Engram's
 */
export function readCheckpoint(bytes: Uint8Array, file = "the checkpoint"): Checkpoint {
  const { metadata, tensors } = readSafetensors(bytes, file);
  let told: unknown;
  try {
    told = JSON.parse(metadata.engram ?? "");
  } catch {
    throw new Error(
      `${file} is a safetensors file but not a checkpoint of Engram's: its metadata has no entry "engram".`,
    );
  }
  const head = v.safeParse(headSchema, told);
  if (!head.success) {
    const { path, message } = head.issues[0];
    throw new Error(
      `${file} is not a checkpoint that this version reads: ${path?.map(({ key }) => key).join(".")}: ${message}.`,
    );
  }
  const { settings, rules } = head.output;
  const names = new Set(rules.map(({ name }) => name));
  const stray = [...tensors.keys()].find((tensor) => !names.has(tensor.split("/")[0]!));
  if (stray !== undefined)
    throw new Error(
      `${file} holds the tensor "${stray}", but names no such rule; it was changed by hand or is broken.`,
    );
  const snapshots = rules.map((rule) => ({
    ...rule,
    tensors: new Map(
      [...tensors]
        .filter(([tensor]) => tensor.startsWith(`${rule.name}/`))
        .map(([tensor, value]) => [tensor.slice(rule.name.length + 1), value]),
    ),
  }));
  return { settings, snapshots };
}

/** @throws when a rule is to go on with other options than those that shaped it */
export function checkSameOptions(
  rule: string,
  found: Snapshot["options"],
  wanted: Snapshot["options"],
  file = "the checkpoint",
): void {
  for (const name of new Set([...Object.keys(found), ...Object.keys(wanted)]))
    if (found[name] !== wanted[name])
      throw new Error(
        `${file} comes from another run: ${name} of ${rule} is ${found[name]}, but ${wanted[name]} was asked for; leave ${name} out, or start anew.`,
      );
}

/** @throws the first difference between a checkpoint's run and the one that is to go on from it, as a sentence */
export function checkSameRun(found: RunSettings, wanted: RunSettings, file = "the checkpoint"): void {
  for (const key of Object.keys(wanted) as (keyof RunSettings)[])
    if (JSON.stringify(found[key]) !== JSON.stringify(wanted[key]))
      throw new Error(
        `${file} comes from another run: its ${key} is ${JSON.stringify(found[key])}, but ${JSON.stringify(wanted[key])} was asked for; leave ${key} out, or start anew.`,
      );
}

/** @throws when a rule's tensors are not exactly the fields wanted, in their shapes and types, with finite numbers in them */
export function checkTensors(
  rule: string,
  wanted: readonly Field[],
  tensors: ReadonlyMap<string, Tensor>,
  file = "the checkpoint",
): void {
  for (const { name, shape, type } of wanted) {
    const found = tensors.get(name);
    if (JSON.stringify(found?.shape) !== JSON.stringify(shape))
      throw new Error(
        `${file} comes from another network: ${rule}/${name} should have shape [${shape}], but ${found ? `has [${found.shape}]` : "is missing"}.`,
      );
    if (found?.data instanceof Float32Array !== (type === "f32"))
      throw new Error(
        `${file} holds ${type === "f32" ? "whole numbers" : "F32"} in ${rule}/${name}, where ${type.toUpperCase()} was expected; it was changed by hand or is broken.`,
      );
  }
  const stray = [...tensors.keys()].find((name) => !wanted.some((field) => field.name === name));
  if (stray !== undefined)
    throw new Error(`${file} holds ${rule}/${stray}, which this network does not have.`);
  const broken = [...tensors].find(([, { data }]) => !data.every(Number.isFinite));
  if (broken) throw new Error(`${file} holds NaN or infinity in ${rule}/${broken[0]}; use an earlier one.`);
}

/** The snapshot of a rule. @throws when the checkpoint has none */
export function snapshotOf({ snapshots }: Checkpoint, rule: string, file = "the checkpoint"): Snapshot {
  const found = snapshots.find(({ name }) => name === rule);
  if (found) return found;
  const names = snapshots.map(({ name }) => name);
  throw new Error(
    `${file} holds ${names.join(", ")}, but not ${rule}${nearest(rule, names) ? `; did you mean ${nearest(rule, names)}?` : "."}`,
  );
}

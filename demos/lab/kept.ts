/**
 * Kept: one race put away so that a reload goes on with it: its checkpoint and its curve in one file, as a length, JSON and
 * a safetensors file. What is read is checked like any other file.
 */
import * as v from "valibot";
import { type Checkpoint, checkpointParts, readCheckpoint } from "../../src/experiment/checkpoint";
import type { Dataset } from "../../src/task/task";
import type { KeptCurve } from "../../src/view/history";
import { batchOf, layersOf, type RunSpec } from "./spec";

export interface Kept {
  /** Of which run it is: see `identityOf`. */
  readonly identity: string;
  readonly curve: KeptCurve;
  readonly checkpoint: Checkpoint;
}

const finite = v.pipe(v.number(), v.finite());
const headSchema = v.strictObject({
  identity: v.string(),
  curve: v.strictObject({
    width: v.pipe(v.number(), v.integer(), v.minValue(1)),
    buckets: v.pipe(v.array(v.pipe(v.array(finite), v.minLength(3), v.maxLength(5))), v.maxLength(600)),
  }),
});

/** What makes a run the same run: all of it but what may change while it runs. */
export function identityOf(spec: RunSpec, dataset: Dataset, seed: number): string {
  const { rule, activation, output, optimizer, options } = spec;
  const { name, train, test } = dataset;
  const data = [name, train.count, test.count, fingerprint(dataset)];
  return JSON.stringify([
    rule,
    layersOf(spec, dataset),
    activation,
    output,
    optimizer,
    batchOf(spec, dataset),
    options,
    seed,
    data,
  ]);
}

/** The name of the file that a run is kept in. */
export const fileOf = (identity: string): string =>
  `${hash(new TextEncoder().encode(identity)).toString(16)}.run`;

export function packed({ identity, curve, checkpoint }: Kept): Uint8Array<ArrayBuffer>[] {
  const head = new TextEncoder().encode(JSON.stringify({ identity, curve }));
  return [new Uint8Array(Uint32Array.of(head.byteLength).buffer), head, ...checkpointParts(checkpoint)];
}

/** @throws one sentence where the file is broken or of another run */
export function unpacked(file: Uint8Array, identity: string): Kept {
  const broken = (what: string) => new Error(`What this browser kept of the run can’t be used: ${what}.`);
  if (file.byteLength < 4) throw broken("the file is cut off");
  const length = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  if (length > file.byteLength - 4) throw broken("the file is cut off");
  let told: unknown;
  try {
    told = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(4, 4 + length)));
  } catch {
    throw broken("its head is not JSON");
  }
  const head = v.safeParse(headSchema, told);
  if (!head.success) throw broken(`its head is malformed (${head.issues[0].message})`);
  if (head.output.identity !== identity) throw broken("it is of another run");
  return { ...head.output, checkpoint: readCheckpoint(file.subarray(4 + length), "what this browser kept") };
}

/** Values looked at to tell data sets apart that are alike in name and size. */
const looks = 4096;

const known = new WeakMap<Dataset, number>();

/** Of the first training samples' values and labels. */
function fingerprint(dataset: Dataset): number {
  const { data, labels } = dataset.train;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, Math.min(data.byteLength, looks));
  const found = known.get(dataset) ?? hash(bytes) ^ hash(labels.subarray(0, looks));
  known.set(dataset, found);
  return found >>> 0;
}

/** FNV-1a, 32 bits. A file's identity stands in it too, so that two of one name are never taken for each other. */
function hash(bytes: Uint8Array): number {
  let state = 0x811c9dc5;
  for (const byte of bytes) state = Math.imul(state ^ byte, 0x01000193);
  return state >>> 0;
}

/** Snapshots of every field of a schedule, and changes made to them. */
import type { Field, FieldData } from "../../src/gpu/field";
import type { Memory } from "../../src/gpu/memory";

export type Snapshot = ReadonlyMap<string, FieldData>;

export const snapshot = (memory: Memory, fields: readonly Field[]): Promise<Snapshot> =>
  memory.readAll(fields.map(({ name }) => name));

export function restore(memory: Memory, state: Snapshot): void {
  for (const [name, values] of state) memory.write(name, values);
}

/** Every value changed in sign and size (an even function would hide the sign alone), zeroes made something. */
export function changed(values: FieldData): FieldData {
  if (values instanceof Float32Array) return values.map((value) => (value === 0 ? 0.5 : -0.75 * value));
  return values instanceof Uint8Array
    ? values.map((value) => value ^ 0x80)
    : values.map((value) => value ^ 0x80000000);
}

/** Every value made several times as large, every other one with its sign turned over: what a choice can't help noticing. */
export function strongly(values: FieldData): FieldData {
  return values instanceof Float32Array
    ? values.map((value, at) => (at % 2 === 0 ? 5 : -7) * (value === 0 ? 0.5 : value))
    : changed(values);
}

/** Every sign turned over. */
export const flipped = (values: Float32Array): Float32Array => values.map((value) => -value);

/** Other values that a record which reads the field can still work with. */
export function otherValid(field: Field, values: FieldData, classes: number): FieldData {
  if (field.name === "clock") return values.map((value) => value + 1) as FieldData;
  if (field.role === "target") return values.map((label) => (label + 1) % classes) as FieldData;
  // A mean square must not be negative, nor a momentum beyond 1.
  if (field.role === "setting" || field.name.endsWith(".state"))
    return values.map((value) => value * 0.75) as FieldData;
  return changed(values);
}

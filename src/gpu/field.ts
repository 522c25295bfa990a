/**
 * Field: a named GPU array with a site, a shape and a type. A field is only a description; `Memory` gives it a buffer.
 *
 * Two fields of the same name in one memory are the same array. Rows (the last axis) are padded to a multiple of
 * four elements, and pads hold zero; what a host reads or writes is never padded.
 */

/** Where a value lives: in every neuron, in every synapse, or once for all. */
export type Site = "neuron" | "synapse" | "global";

/** `u8` is packed four to a word; readers on the GPU unpack it. */
export type ElementType = "f32" | "u32" | "u8";

/**
 * What a field is to the audit, where that can't be derived: a task's input or target (a label, a reward), or a
 * setting (a rate, the clock), which carries no signal; a metric is written for people to read and never read back.
 */
export type Role = "input" | "target" | "setting" | "metric";

/** What a field holds before the first step. Random values are counter-based: they depend on seed, stream and place only. */
export type Initial =
  | { readonly kind: "zero" }
  | { readonly kind: "constant"; readonly value: number }
  /** Uniform in [−bound, bound); `zeroLastRow` leaves the bias at 0. Equal streams give equal values. */
  | {
      readonly kind: "uniform";
      readonly bound: number;
      readonly stream: string;
      readonly zeroLastRow: boolean;
    };

export interface Field {
  readonly name: string;
  readonly site: Site;
  /** The population or projection that it belongs to; empty for a global. */
  readonly home: string;
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly role?: Role;
  readonly initial?: Initial;
}

/** Typed arrays that a field is read into and written from. */
export type FieldData = Float32Array | Uint32Array | Uint8Array;

/** Elements in one padded row. */
export function rowStride(field: Pick<Field, "shape">): number {
  return Math.ceil(field.shape[field.shape.length - 1]! / 4) * 4;
}

/** Number of rows: the product of all axes but the last. */
export function rowCount(field: Pick<Field, "shape">): number {
  return field.shape.slice(0, -1).reduce((product, n) => product * n, 1);
}

/** Number of values, without pads. */
export function elementCount(field: Pick<Field, "shape">): number {
  return field.shape.reduce((product, n) => product * n, 1);
}

/** Bytes on the GPU, pads included. */
export function byteLength(field: Pick<Field, "shape" | "type">): number {
  return rowCount(field) * rowStride(field) * (field.type === "u8" ? 1 : 4);
}

function arrayOf(type: ElementType, length: number): FieldData {
  if (type === "f32") return new Float32Array(length);
  return type === "u32" ? new Uint32Array(length) : new Uint8Array(length);
}

/**
 * Host values, unpadded and row-major, to the GPU's padded layout.
 * @throws when the number or the type of the values is not the field's
 */
export function pad(field: Field, values: FieldData): FieldData {
  const wanted = elementCount(field);
  const kind = arrayOf(field.type, 0).constructor.name;
  if (values.length !== wanted || values.constructor.name !== kind)
    throw new Error(
      `Field "${field.name}" of shape [${field.shape}] takes a ${kind} of ${wanted} values, but got a ${values.constructor.name} of ${values.length}.`,
    );
  const columns = field.shape[field.shape.length - 1]!;
  const stride = rowStride(field);
  if (columns === stride) return values;
  const padded = arrayOf(field.type, rowCount(field) * stride);
  for (let row = 0; row < rowCount(field); row++)
    padded.set(values.subarray(row * columns, (row + 1) * columns), row * stride);
  return padded;
}

/** The GPU's padded bytes to unpadded, row-major host values. */
export function unpad(field: Field, bytes: ArrayBuffer): FieldData {
  const columns = field.shape[field.shape.length - 1]!;
  const stride = rowStride(field);
  const padded =
    field.type === "f32"
      ? new Float32Array(bytes)
      : field.type === "u32"
        ? new Uint32Array(bytes)
        : new Uint8Array(bytes);
  if (columns === stride) return padded;
  const values = arrayOf(field.type, elementCount(field));
  for (let row = 0; row < rowCount(field); row++)
    values.set(padded.subarray(row * stride, row * stride + columns), row * columns);
  return values;
}

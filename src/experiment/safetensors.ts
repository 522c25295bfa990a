/**
 * Safetensors: eight bytes of header length, a JSON header, raw little-endian values. Written with names in order and
 * no padding but the header's, so that equal contents are equal bytes; read as untrusted, every number checked.
 * Format: https://github.com/huggingface/safetensors#format
 */
import * as v from "valibot";
import type { FieldData } from "../gpu/field";

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: FieldData;
}

export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

const kinds = { F32: Float32Array, U32: Uint32Array, U8: Uint8Array } as const;

const natural = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const entrySchema = v.strictObject({
  dtype: v.picklist(["F32", "U32", "U8"]),
  shape: v.pipe(v.array(natural), v.maxLength(8)),
  data_offsets: v.tuple([natural, natural]),
});

function dtypeOf(data: FieldData): keyof typeof kinds {
  return data instanceof Float32Array ? "F32" : data instanceof Uint32Array ? "U32" : "U8";
}

/**
 * A file in the pieces that it is written in, the header first: large tensors need not be copied to get on their way. The
 * same contents always give the same bytes.
 */
export function safetensorsParts({ metadata, tensors }: TensorFile): Uint8Array<ArrayBuffer>[] {
  const names = [...tensors.keys()].sort();
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const name of names) {
    const { shape, data } = tensors.get(name)!;
    header[name] = { dtype: dtypeOf(data), shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8; // spaces fill it up, so that the values are aligned
  const head = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true);
  head.set(text, 8);
  const bodies = names.map((name) => {
    const { buffer, byteOffset, byteLength } = tensors.get(name)!.data;
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  });
  return [head, ...bodies];
}

/** Writes tensors by name. */
export function writeSafetensors(contents: TensorFile): Uint8Array<ArrayBuffer> {
  const parts = safetensorsParts(contents);
  const file = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.byteLength;
  }
  return file;
}

/**
 * Reads a file, believing nothing: header length, JSON, types, shapes, offsets, gaps and overlaps are checked.
 * @param name how errors call the file
 * @throws one sentence that says what is wrong with it
 */
export function readSafetensors(file: Uint8Array, name = "the checkpoint"): TensorFile {
  const wrong = (what: string) => new Error(`${name} is not a sound safetensors file: ${what}.`);
  if (file.byteLength < 8) throw wrong(`it has ${file.byteLength} bytes, and a header length takes 8`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(file.byteLength - 8))
    throw wrong(`its header claims ${length} bytes, but only ${file.byteLength - 8} follow`);
  let header: unknown;
  try {
    header = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(8, 8 + Number(length))),
    );
  } catch {
    throw wrong("its header is not JSON");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw wrong("its header is not an object");
  const { __metadata__: told = {}, ...rest } = header as Record<string, unknown>;
  const metadata = v.safeParse(v.record(v.string(), v.string()), told);
  if (!metadata.success) throw wrong("its __metadata__ is not a table of strings");
  const body = file.subarray(8 + Number(length));
  const tensors = new Map<string, Tensor>();
  const spans: (readonly [number, number, string])[] = [];
  for (const [tensor, raw] of Object.entries(rest)) {
    const entry = v.safeParse(entrySchema, raw);
    if (!entry.success) throw wrong(`its entry "${tensor}" is malformed (${entry.issues[0].message})`);
    const {
      dtype,
      shape,
      data_offsets: [start, end],
    } = entry.output;
    const Kind = kinds[dtype];
    const bytes = shape.reduce((product, n) => product * n, 1) * Kind.BYTES_PER_ELEMENT;
    if (end - start !== bytes)
      throw wrong(
        `"${tensor}" of shape [${shape}] takes ${bytes} bytes, but its offsets hold ${end - start}`,
      );
    if (end > body.byteLength) throw wrong(`"${tensor}" ends at byte ${end} of ${body.byteLength}`);
    spans.push([start, end, tensor]);
    tensors.set(tensor, { shape, data: new Kind(new Uint8Array(body.subarray(start, end)).buffer) }); // Buffer.slice would not copy
  }
  spans.sort((a, b) => a[0] - b[0]);
  let at = 0;
  for (const [start, end, tensor] of spans) {
    if (start !== at) throw wrong(`"${tensor}" starts at byte ${start} where ${at} was expected`);
    at = end;
  }
  if (at !== body.byteLength) throw wrong(`${body.byteLength - at} bytes at its end belong to no tensor`);
  return { metadata: metadata.output, tensors };
}

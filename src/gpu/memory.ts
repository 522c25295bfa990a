/**
 * Memory: gives fields their buffers, and moves values between them and the host by name.
 *
 * A memory may have a parent whose fields it sees as its own: rules that race share the dataset that way. What
 * can't fit is refused before anything is allocated, with the numbers.
 */
import { type Device, TooLargeError } from "./device";
import {
  byteLength,
  elementCount,
  type Field,
  type FieldData,
  pad,
  rowCount,
  rowStride,
  unpad,
} from "./field";
import { unknownName } from "./name";
import { keyOf, pcg, streamOf } from "./random";

const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** Bytes for people: `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value >= 1000 ? value.toFixed(0) : value.toPrecision(3)} ${units[power]}`;
}

/**
 * Values that a field holds before the first step, in the padded layout; the same on every adapter. Undefined where all are 0.
 * @param from the first of its rows
 * @param to the row before which they end; default all rows
 */
export function initialValues(
  field: Field,
  seed: number,
  from = 0,
  to = rowCount(field),
): FieldData | undefined {
  const initial = field.initial;
  if (!initial || initial.kind === "zero") return undefined;
  const columns = field.shape[field.shape.length - 1]!;
  const stride = rowStride(field);
  const values = new Float32Array((to - from) * stride);
  const constant = initial.kind === "constant";
  const rows = Math.min(to, rowCount(field) - (!constant && initial.zeroLastRow ? 1 : 0));
  const key = constant ? 0 : keyOf(seed, streamOf(initial.stream));
  for (let row = from; row < rows; row++)
    for (let column = 0; column < columns; column++)
      values[(row - from) * stride + column] = constant
        ? initial.value
        : initial.bound * ((pcg((row * columns + column) ^ key) >>> 8) * 2 ** -23 - 1);
  return values;
}

/** Initial values that are made before a page may draw again. */
const stretch = 2 ** 20;

/** Bytes that a field's buffer takes: WebGPU has none smaller than 16. */
export const bufferBytes = (field: Field): number => Math.max(16, byteLength(field));

export class Memory {
  private readonly fields = new Map<string, { field: Field; buffer: GPUBuffer }>();

  constructor(
    readonly device: Device,
    private readonly parent?: Memory,
  ) {}

  /** Bytes allocated here, the parent's not counted. */
  get bytes(): number {
    return [...this.fields.values()].reduce((sum, { buffer }) => sum + buffer.size, 0);
  }

  /**
   * Allocates the fields that are not yet here (nor in the parent) and fills them with their initial values.
   * @throws TooLargeError before anything is allocated, where one of them can't fit this adapter
   */
  async allocate(fields: readonly Field[], seed = 0): Promise<void> {
    const named = new Map(fields.map((field) => [field.name, field])); // scratch may be told several times
    const wanted = [...named.values()].filter((field) => this.find(field.name) === undefined);
    refuseTooLarge(this.device, wanted);
    await this.device.scoped(`Allocating ${formatBytes(sumBytes(wanted))}`, () => {
      for (const field of wanted) {
        const buffer = this.device.gpu.createBuffer({
          label: field.name,
          size: bufferBytes(field),
          usage:
            GPUBufferUsage.STORAGE |
            GPUBufferUsage.UNIFORM |
            GPUBufferUsage.COPY_SRC |
            GPUBufferUsage.COPY_DST,
        });
        this.fields.set(field.name, { field, buffer });
        this.device.allocated += buffer.size;
      }
    });
    for (const field of wanted) await this.fill(field, seed);
  }

  private async fill(field: Field, seed: number): Promise<void> {
    const buffer = this.buffer(field.name);
    const rows = Math.max(1, Math.floor(stretch / rowStride(field)));
    for (let from = 0; from < rowCount(field); from += rows) {
      const values = initialValues(field, seed, from, Math.min(rowCount(field), from + rows));
      if (!values) return;
      if (from > 0) await new Promise((resolve) => setTimeout(resolve));
      const offset = 4 * from * rowStride(field);
      this.device.gpu.queue.writeBuffer(buffer, offset, values as Float32Array<ArrayBuffer>);
    }
  }

  private find(name: string): { field: Field; buffer: GPUBuffer } | undefined {
    return this.fields.get(name) ?? this.parent?.find(name);
  }

  private get(name: string): { field: Field; buffer: GPUBuffer } {
    const found = this.find(name);
    if (!found) throw new Error(unknownName("field", name, this.names()));
    return found;
  }

  names(): string[] {
    return [...(this.parent?.names() ?? []), ...this.fields.keys()];
  }

  /** The description of a field by its name. */
  field(name: string): Field {
    return this.get(name).field;
  }

  buffer(name: string): GPUBuffer {
    return this.get(name).buffer;
  }

  /** A field's values, row-major in the field's shape, without pads; `Data` is told where it isn't f32. */
  async read<Data extends FieldData = Float32Array>(name: string): Promise<Data> {
    const { field, buffer } = this.get(name);
    return unpad(field, await this.device.readBuffer(buffer, byteLength(field))) as Data;
  }

  /** Several fields' values by name, each as `read` gives it, in one go: a read by itself waits for the GPU by itself. */
  async readAll(names: readonly string[]): Promise<Map<string, FieldData>> {
    const found = names.map((name) => this.get(name));
    const parts = found.map(({ field, buffer }) => ({ buffer, bytes: byteLength(field) }));
    const bytes = await this.device.readBuffers(parts);
    return new Map(names.map((name, index) => [name, unpad(found[index]!.field, bytes[index]!)]));
  }

  /** One row of a field, counted over all its axes but the last. It is copied at once, whatever is submitted later. */
  async readRow<Data extends FieldData = Float32Array>(name: string, row: number): Promise<Data> {
    const { field, buffer } = this.get(name);
    const one = { ...field, shape: [field.shape.at(-1)!] };
    const bytes = byteLength(one);
    return unpad(one, await this.device.readBuffer(buffer, bytes, row * bytes)) as Data;
  }

  /** Writes a field's values, row-major in the field's shape. @throws when their number or type is not the field's */
  write(name: string, values: FieldData): void {
    const { field, buffer } = this.get(name);
    if (elementCount(field) === 0) return;
    this.device.gpu.queue.writeBuffer(buffer, 0, pad(field, values) as Float32Array<ArrayBuffer>);
  }

  /** Copies one field's values to another of the same shape, in the order of what was submitted. */
  copy(from: string, to: string): void {
    const [source, target] = [this.buffer(from), this.buffer(to)];
    const encoder = this.device.gpu.createCommandEncoder();
    encoder.copyBufferToBuffer(source, 0, target, 0, source.size);
    this.device.gpu.queue.submit([encoder.finish()]);
  }

  destroy(): void {
    for (const { buffer } of this.fields.values()) {
      this.device.allocated -= buffer.size;
      buffer.destroy();
    }
    this.fields.clear();
  }
}

/**
 * Refuses fields that can't all be held, with the numbers, before any of them is allocated.
 * @throws TooLargeError where one is larger than a buffer may be, or all are more than the memory that is left
 */
export function refuseTooLarge(device: Device, fields: readonly Field[]): void {
  const [largest] = [...fields].sort((a, b) => byteLength(b) - byteLength(a));
  if (!largest) return;
  const { maxBufferSize, maxStorageBufferBindingSize } = device.gpu.limits;
  const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  const what = largest.home === "task" ? "The data set" : "The network";
  const remedy = largest.home === "task" ? "take fewer samples" : "make the layers or the batch smaller";
  if (byteLength(largest) > limit)
    throw new TooLargeError(
      `${what} is too large for ${device.facts.name}: "${largest.name}" of shape [${largest.shape}] needs ${formatBytes(byteLength(largest))}, but one buffer can hold ${formatBytes(limit)}; ${remedy}.`,
    );
  const left = device.memory === undefined ? Number.POSITIVE_INFINITY : device.memory - device.allocated;
  if (sumBytes(fields) > left)
    throw new TooLargeError(
      `${what} is too large for ${device.facts.name}: its fields need ${formatBytes(sumBytes(fields))}, the largest being "${largest.name}" of shape [${largest.shape}], but ${formatBytes(Math.max(0, left))} are left; ${remedy}.`,
    );
}

function sumBytes(fields: readonly Field[]): number {
  return fields.reduce((sum, field) => sum + bufferBytes(field), 0);
}

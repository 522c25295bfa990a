/** IDX files made by hand, and where the real ones lie, if they do. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** An IDX file of unsigned bytes with any header and any data, matching or not. */
export function idxBytes(dims: readonly number[], data: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const start = 4 + 4 * dims.length;
  const file = new Uint8Array(start + data.length);
  file.set([0, 0, 8, dims.length]);
  const header = new DataView(file.buffer);
  for (const [axis, dim] of dims.entries()) header.setUint32(4 + 4 * axis, dim);
  file.set(data, start);
  return file;
}

export function gzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(gzipSync(bytes));
}

/** A `read` over files in memory. */
export function readerOf(files: Record<string, Uint8Array<ArrayBuffer>>) {
  return async (name: string) => {
    const bytes = files[name];
    if (!bytes) throw new Error(`no ${name}`);
    return bytes;
  };
}

/** The folder with mnist/ and fashion-mnist/: $ENGRAM_DATA, or shared/data beside the project; else undefined. */
export const dataFolder = [process.env.ENGRAM_DATA, join(import.meta.dirname, "../../../shared/data")].find(
  (folder) => folder && existsSync(join(folder, "mnist/train-images-idx3-ubyte.gz")),
);

/** Reads the real files of `collection`. */
export function readReal(collection: string) {
  return async (name: string) => Uint8Array.from(await readFile(join(dataFolder!, collection, name)));
}

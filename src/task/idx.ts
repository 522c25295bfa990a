/**
 * IDX, the format of MNIST's files: two zero bytes, the element type (08 is unsigned byte), the number of
 * dimensions, each dimension as a big-endian u32, then the elements row by row.
 * Source: http://yann.lecun.com/exdb/mnist, "The IDX file format".
 */

/** A parsed file: `data` is a view into the bytes that were parsed, its length the product of `dims`. */
export interface Idx {
  readonly dims: readonly number[];
  readonly data: Uint8Array<ArrayBuffer>;
}

const unsignedByte = 0x08;

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** "images of 28×28", "labels": what a file with these dimensions seems to hold. */
function contents(dims: readonly number[]): string {
  if (dims.length === 1) return `labels [${dims}]`;
  return dims.length === 3 ? `images [${dims.join(", ")}]` : `an array [${dims.join(", ")}]`;
}

/**
 * Parses unzipped IDX bytes of unsigned bytes; `name` is the file's, for errors.
 * Throws an Error of one sentence: not IDX, another element type, an empty or overflowing dimension,
 * truncated, or too long.
 */
export function parseIdx(bytes: Uint8Array<ArrayBuffer>, name: string): Idx {
  if (bytes.length < 4) {
    throw new Error(
      `${name}: expected an IDX file, found only ${bytes.length} bytes: it is truncated; get it again.`,
    );
  }
  const [zero0, zero1, type, rank] = [bytes[0]!, bytes[1]!, bytes[2]!, bytes[3]!];
  if (zero0 !== 0 || zero1 !== 0 || rank === 0) {
    const found = hex(bytes.subarray(0, 4));
    throw new Error(
      `${name}: expected an IDX file (00 00 08 …), found ${found}: it is a file of another kind.`,
    );
  }
  if (type !== unsignedByte) {
    const found = hex(bytes.subarray(2, 3));
    throw new Error(`${name}: expected IDX elements of unsigned bytes (type 08), found type ${found}.`);
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    throw new Error(
      `${name}: expected an IDX header of ${start} bytes, found a file of ${bytes.length}: it is truncated; get it again.`,
    );
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, start);
  const dims = Array.from({ length: rank }, (_, axis) => header.getUint32(4 + 4 * axis));
  const elements = dims.reduce((product, dim) => product * dim, 1);
  if (elements === 0) {
    throw new Error(
      `${name}: expected at least one element, found dimensions [${dims.join(", ")}]: it is empty.`,
    );
  }
  if (bytes.length !== start + elements) {
    const fault = bytes.length < start + elements ? "truncated" : "too long";
    throw new Error(
      `${name}: expected ${start + elements} bytes for dimensions [${dims.join(", ")}], ` +
        `found ${bytes.length}: it is ${fault} or its header is corrupt; get it again.`,
    );
  }
  return { dims, data: bytes.subarray(start) };
}

/** Checks that a file holds images [count, side, side]; throws an Error that says what it holds instead. */
export function expectImages({ dims }: Idx, side: number, name: string): void {
  if (dims.length === 3 && dims[1] === side && dims[2] === side) return;
  const hint =
    dims.length === 1 ? "a labels file seems to bear an images file's name" : "it is another data set";
  throw new Error(`${name}: expected images [count, ${side}, ${side}], found ${contents(dims)}: ${hint}.`);
}

/** Checks that a file holds labels [count], each below `classes`; throws an Error naming the first that is not. */
export function expectLabels({ dims, data }: Idx, classes: number, name: string): void {
  if (dims.length !== 1) {
    const hint =
      dims.length === 3 ? "an images file seems to bear a labels file's name" : "it is another data set";
    throw new Error(`${name}: expected labels [count], found ${contents(dims)}: ${hint}.`);
  }
  const wrong = data.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new Error(
      `${name}: expected labels from 0 to ${classes - 1}, found ${data[wrong]} at sample ${wrong}.`,
    );
  }
}

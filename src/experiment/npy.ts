/**
 * NumPy's .npy, version 1.0: a magic string, a Python dict of type, order and shape, then the values, little-endian and
 * in C order. What is written is what numpy.save writes, byte for byte; what is read is untrusted, every number checked.
 * Format: NumPy Enhancement Proposal 1 (Kern 2007).
 */

export type NpyData = Int32Array | Uint32Array | Float32Array | Float64Array | BigUint64Array;

export interface Npy {
  /** Row-major; [] is a single number. */
  readonly shape: readonly number[];
  readonly data: NpyData;
}

const kinds = {
  "<i4": Int32Array,
  "<u4": Uint32Array,
  "<f4": Float32Array,
  "<f8": Float64Array,
  "<u8": BigUint64Array,
} as const;

type Descr = keyof typeof kinds;

const magic = [0x93, ...new TextEncoder().encode("NUMPY")];

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/** @throws when the shape does not hold the values there are */
export function writeNpy({ shape, data }: Npy): Uint8Array<ArrayBuffer> {
  if (!shape.every((n) => Number.isSafeInteger(n) && n >= 0) || sizeOf(shape) !== data.length)
    throw new Error(`An array of shape [${shape.join(", ")}] cannot hold ${data.length} values.`);
  const descr = (Object.keys(kinds) as Descr[]).find((name) => data instanceof kinds[name])!;
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const start = Math.ceil((10 + dict.length + 1) / 64) * 64; // values begin at a multiple of 64
  const file = new Uint8Array(start + data.byteLength);
  file.set([...magic, 1, 0]);
  new DataView(file.buffer).setUint16(8, start - 10, true);
  file.set(new TextEncoder().encode(`${dict.padEnd(start - 11)}\n`), 10);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return file;
}

/** The three entries of the header, in any order; no other, and none twice. */
function readHeader(header: string, wrong: (what: string) => Error) {
  const text = header.trim();
  if (!(text.startsWith("{") && text.endsWith("}"))) throw wrong("its header is no Python dict");
  const dict = text.slice(1, -1).trimEnd();
  const entries = new Map<string, string>();
  const entry = /\s*'(\w+)'\s*:\s*('[^']*'|True|False|\([\d,\s]*\))\s*(?:,|$)/y;
  while (entry.lastIndex < dict.length) {
    const at = entry.lastIndex;
    const found = entry.exec(dict);
    if (found === null) throw wrong(`its header cannot be read from "${dict.slice(at, at + 20)}" on`);
    if (entries.has(found[1]!)) throw wrong(`its header has ${found[1]} twice`);
    entries.set(found[1]!, found[2]!);
  }
  for (const name of ["descr", "fortran_order", "shape"])
    if (!entries.has(name)) throw wrong(`its header has no ${name}`);
  if (entries.size > 3) throw wrong("its header has entries besides descr, fortran_order and shape");
  const descr = /^'(.*)'$/.exec(entries.get("descr")!)?.[1];
  const order = entries.get("fortran_order")!;
  const shape = entries.get("shape")!.match(/\d+/g)?.map(Number) ?? [];
  const tuple = /^\(\s*((?:\d+\s*,\s*)*)(\d+)?\s*\)$/.exec(entries.get("shape")!);
  if (tuple === null || (tuple[1] === "" && tuple[2] !== undefined) || !shape.every(Number.isSafeInteger))
    throw wrong(`its shape is ${entries.get("shape")}, not a tuple of whole numbers`); // (3) is no tuple, (3,) is
  return { descr, order, shape };
}

/**
 * Reads a file, believing nothing.
 * @param name how errors call the file
 * @throws one sentence that says what is wrong with it
 */
export function readNpy(file: Uint8Array, name = "the array's file"): Npy {
  const wrong = (what: string) => new Error(`${name} is not a sound .npy file: ${what}.`);
  if (file.length < 10) throw wrong(`it has ${file.length} bytes, and its head takes 10`);
  if (magic.some((byte, i) => file[i] !== byte)) throw wrong("it does not begin with NumPy's magic string");
  if (file[6] !== 1 || file[7] !== 0) throw wrong(`its version is ${file[6]}.${file[7]}, and 1.0 is read`);
  const start = 10 + new DataView(file.buffer, file.byteOffset).getUint16(8, true);
  if (start > file.length) throw wrong(`its header ends at byte ${start} of ${file.length}`);
  const { descr, order, shape } = readHeader(
    new TextDecoder("latin1").decode(file.subarray(10, start)),
    wrong,
  );
  if (!(descr !== undefined && Object.hasOwn(kinds, descr)))
    throw wrong(`its type is ${descr ?? "no string"}, and ${Object.keys(kinds).join(", ")} are read`);
  if (order !== "False") throw wrong("its values are in Fortran order; save numpy.ascontiguousarray(array)");
  const Kind = kinds[descr as Descr];
  const bytes = sizeOf(shape) * Kind.BYTES_PER_ELEMENT;
  if (bytes !== file.length - start)
    throw wrong(
      `its shape (${shape.join(", ")}) takes ${bytes} bytes, but ${file.length - start} follow its header`,
    );
  return { shape, data: new Kind(new Uint8Array(file.subarray(start)).buffer) }; // Buffer.slice would not copy
}

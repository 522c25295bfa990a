/** Files made up for tests: zips and pictures. The writers are the tests' own and share nothing with the readers. */
import { crc32, deflateRawSync } from "node:zlib";
import type { OwnFile, OwnOptions } from "../../src/task/own";

const utf8 = new TextEncoder();

export function fileOf(path: string, content: string | Uint8Array): OwnFile {
  const bytes = typeof content === "string" ? utf8.encode(content) : content;
  return { path, size: bytes.length, bytes: async () => bytes };
}

export interface ZipPart {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly store?: boolean;
  /** What the directory says, where that is a lie. */
  readonly size?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
}

/** A zip of these files; `far` writes the ends of zip64, as for more files than 16 bits count. */
export function zipOf(parts: readonly ZipPart[], far = false): Uint8Array<ArrayBuffer> {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { path, content, store, size, crc, flags = 0, method } of parts) {
    const raw = Buffer.from(typeof content === "string" ? utf8.encode(content) : content);
    const packed = store ? raw : deflateRawSync(raw);
    const name = Buffer.from(path);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(flags, 2);
    facts.writeUInt16LE(method ?? (store ? 0 : 8), 4);
    facts.writeUInt32LE(crc ?? crc32(raw), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(size ?? raw.length, 18);
    facts.writeUInt16LE(name.length, 22);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), facts, name, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), facts, rest, name);
    at += 30 + name.length + packed.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(far ? 0xffff : parts.length, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(at, 16);
  const farEnd = Buffer.alloc(56 + 20);
  farEnd.write("PK\x06\x06", "latin1");
  farEnd.writeBigUInt64LE(BigInt(parts.length), 32);
  farEnd.writeBigUInt64LE(BigInt(at), 48);
  farEnd.write("PK\x06\x07", 56, "latin1");
  farEnd.writeBigUInt64LE(BigInt(at + length), 64);
  return new Uint8Array(Buffer.concat([...bodies, ...directory, ...(far ? [farEnd] : []), end]));
}

/** The head of a PNG, and after it the pixels bare: what `bareDecoder` takes. */
export function barePicture(width: number, height: number, rgba: readonly number[]): Uint8Array {
  const head = Buffer.alloc(24);
  head.write("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "latin1");
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return new Uint8Array(Buffer.concat([head, Buffer.from(rgba)]));
}

/** A picture of one grey. */
export const plainPicture = (width: number, height: number, grey: number): Uint8Array =>
  barePicture(width, height, Array.from({ length: width * height }, () => [grey, grey, grey, 255]).flat());

/** Stands for a browser's decoder; it says what it was asked to decode. */
export const bareDecoder =
  (asked: string[] = []): NonNullable<OwnOptions["decodeImage"]> =>
  async (bytes, type) => {
    asked.push(type);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [width, height] = [view.getUint32(16), view.getUint32(20)];
    if (bytes.length < 24 + 4 * width * height) throw new Error("it ends early");
    return { width, height, rgba: new Uint8ClampedArray(bytes.slice(24)) };
  };

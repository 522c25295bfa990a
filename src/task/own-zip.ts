/**
 * Zip files: what is in them, and each file unpacked when it is asked for.
 *
 * A zip ends with a directory of its files: that is read, and what lies before it is not trusted to say anything else. The
 * browser's own DecompressionStream does the rest, off the main thread and never beyond the size that the directory says.
 * Source: APPNOTE.TXT 6.3.10, PKWARE: 4.3.12 the directory, 4.3.14 and 4.3.16 its ends, 4.3.7 a file's header.
 */
import { unpack } from "./bytes";
import { type Allowance, breathe, type OwnFile } from "./own-file";

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  /** Where the file's own header is. */
  readonly header: number;
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

const [endMark, farEndMark, entryMark, headerMark] = [0x06054b50, 0x06064b50, 0x02014b50, 0x04034b50];
const [endBytes, locatorBytes, entryBytes, headerBytes] = [22, 20, 46, 30];

const broken = (name: string, why: string): Error =>
  new Error(`${name}: expected a whole zip file, found ${why}: it is truncated or corrupt; get it again.`);

/** Where the directory is and how many files it names: from the end, or, beyond what 16 bits count, the zip64 end before it. */
function directoryOf(view: DataView, name: string): { at: number; count: number } {
  let end = view.byteLength - endBytes;
  const first = Math.max(0, end - 0xffff); // a comment of up to 64 KiB may follow the end
  while (end >= first && view.getUint32(end, true) !== endMark) end--;
  if (end < first) throw broken(name, "no directory at its end");
  const [count, at] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)];
  if (count !== 0xffff && at !== 0xffffffff) return { at, count };
  if (end < locatorBytes) return { at, count };
  const far = Number(view.getBigUint64(end - locatorBytes + 8, true));
  if (!(far + 56 <= view.byteLength) || view.getUint32(far, true) !== farEndMark) return { at, count };
  return { at: Number(view.getBigUint64(far + 48, true)), count: Number(view.getBigUint64(far + 32, true)) };
}

function entriesOf(bytes: Uint8Array, name: string): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let { at, count } = directoryOf(view, name);
  const entries: Entry[] = [];
  for (; count > 0; count--) {
    if (!(at + entryBytes <= view.byteLength) || view.getUint32(at, true) !== entryMark)
      throw broken(name, `${count} files fewer in its directory than it says`);
    const path = view.getUint16(at + 28, true);
    entries.push({
      path: new TextDecoder().decode(bytes.subarray(at + entryBytes, at + entryBytes + path)),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      crc: view.getUint32(at + 16, true),
      header: view.getUint32(at + 42, true),
    });
    at += entryBytes + path + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries.filter(({ path }) => !path.endsWith("/"));
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/** Bytes that are summed before a page may draw again. */
const stretch = 2 ** 22;

async function crc32(bytes: Uint8Array): Promise<number> {
  let crc = 0xffffffff;
  for (let from = 0; from < bytes.length; from += stretch) {
    if (from > 0) await breathe();
    const to = Math.min(bytes.length, from + stretch);
    for (let at = from; at < to; at++) crc = crcTable[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

async function open(
  zip: Uint8Array<ArrayBuffer>,
  entry: Entry,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { header, packed, size, method, encrypted } = entry;
  if (encrypted) throw new Error(`${name} is encrypted; unpack the zip and drop the folder.`);
  if (method !== 0 && method !== 8)
    throw new Error(
      `${name} is packed by method ${method}, where 0 (stored) or 8 (deflate) was expected; unpack the zip and drop the folder.`,
    );
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  if (!(header + headerBytes <= zip.length) || view.getUint32(header, true) !== headerMark)
    throw broken(name, "no file where the directory says");
  const start = header + headerBytes + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (start + packed > zip.length)
    throw broken(name, `${zip.length - start} bytes where the directory says ${packed}`);
  const data = zip.subarray(start, start + packed);
  const raw =
    method === 0
      ? data
      : await unpack(data, name, { format: "deflate-raw", what: "a file in the zip", most: size });
  if (raw.length !== size) throw broken(name, `${raw.length} bytes where the directory says ${size}`);
  if ((await crc32(raw)) !== entry.crc) throw broken(name, "a checksum that does not match");
  return raw;
}

/**
 * The files in a zip, named as if it were a folder. Nothing is unpacked yet.
 * @throws one sentence when it is broken, or says that it holds more than is allowed
 */
export function filesInZip(zip: Uint8Array<ArrayBuffer>, name: string, allowance: Allowance): OwnFile[] {
  const entries = entriesOf(zip, name);
  allowance.check(
    entries.reduce((sum, { size }) => sum + size, 0),
    `${name}: what it unpacks to`,
  );
  return entries.map((entry) => {
    const path = `${name}/${entry.path}`;
    return { path, size: entry.size, bytes: () => open(zip, entry, path) };
  });
}

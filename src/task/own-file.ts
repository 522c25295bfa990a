/** Someone's own files: what is asked of them, and how they are read without taking more memory than was allowed. */
import { formatBytes } from "../gpu/memory";
import { isGzip, unpack } from "./bytes";

/** A file that was dropped, picked, or found in a folder. */
export interface OwnFile {
  /** Its name, with the folders it was found in: `flowers/rose/1.png`. */
  readonly path: string;
  /** Its size in bytes, where that is known without reading it. */
  readonly size?: number;
  bytes(): Promise<Uint8Array>;
}

/** A picture as the browser's decoders give it: four bytes a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

export interface OwnOptions {
  /** Decodes a picture of a MIME type such as `image/png`. Without it folders of pictures are refused. */
  decodeImage?(bytes: Uint8Array, type: string): Promise<Picture>;
  /** Pictures become side×side values of grey, from 1 to 256. Default 28. */
  readonly side?: number;
  /** The share of the samples to test on, where the files don't say: above 0 and below 1. Default 1/6. */
  readonly testShare?: number;
  /** Keys the split into training and test samples; u32, default 1. */
  readonly seed?: number;
  /** Called as work proceeds: bytes or pictures done, of how many. */
  progress?(done: number, total: number): void;
  /** The most bytes that all files together may hold, once unpacked, and that the data set may take. Default 1 GiB. */
  readonly limitBytes?: number;
}

export const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Whether the name of a file or a folder says that it holds what a network is tested on. */
export const namesTest = (name: string): boolean =>
  /(^|[^a-z])(test|testing|t10k|val|valid|validation|holdout)([^a-z]|$)/i.test(name);

/** Lets a page draw and answer between two stretches of work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Bytes that may still be read. */
export class Allowance {
  private spent = 0;

  constructor(readonly limit: number) {}

  /** Counts what is about to be read. @throws when it is more than is left */
  spend(bytes: number, name: string): void {
    this.check(this.spent + bytes, `${name}: the files up to this one`);
    this.spent += bytes;
  }

  /** @throws when one thing alone is more than may be held */
  check(bytes: number, what: string): void {
    if (bytes > this.limit)
      throw new Error(
        `${what} should take at most ${formatBytes(this.limit)}, but would take ${formatBytes(bytes)}; take fewer or smaller ones.`,
      );
  }

  /** A file's bytes, unpacked where they are gzipped. Rejects with one sentence. */
  async read(file: OwnFile): Promise<Uint8Array<ArrayBuffer>> {
    const { path, size } = file;
    if (size !== undefined) this.spend(size, path);
    const bytes = await file.bytes().catch((reason: unknown) => {
      throw new Error(
        `${path} can't be read (${reason instanceof Error ? reason.message : reason}); choose it again.`,
      );
    });
    if (size === undefined) this.spend(bytes.length, path);
    const own = bytes as Uint8Array<ArrayBuffer>;
    if (!isGzip(own)) return own;
    const raw = await unpack(own, path, { format: "gzip", what: "a file", most: this.limit - this.spent });
    this.spend(raw.length, path);
    return raw;
  }
}

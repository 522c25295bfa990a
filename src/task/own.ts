/**
 * Own data: a data set from whatever files someone has. What they are is told by their names and contents, and each format
 * has a file of its own here.
 */
import type { Dataset } from "./dataset";

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
  /** Pictures become side×side values of grey. Default 28. */
  readonly side?: number;
  /** The share of the samples to test on, where the files don't say. Default 1/6. */
  readonly testShare?: number;
  /** Keys the split into training and test samples; u32, default 1. */
  readonly seed?: number;
  /** Called as work proceeds: bytes or samples done, of how many. */
  progress?(done: number, total: number): void;
  /** The most that all that is read may unpack to, in bytes. Default 1 GiB. */
  readonly limitBytes?: number;
}

/**
 * A data set from someone's own files: a CSV, IDX files, or a folder of pictures with one folder in it for each class; or a
 * zip of any of these. Rejects with one sentence that says which file, where in it, what was expected and what was found.
 */
export async function readOwnData(_files: readonly OwnFile[], _options: OwnOptions = {}): Promise<Dataset> {
  throw new Error("Own data cannot be read yet.");
}

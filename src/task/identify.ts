/**
 * Which file is this? A file's contents say so, not its name: first its SHA-256 against the table, zipped or
 * not, then its structure.
 */
import { gunzip, isGzip, sha256 } from "./bytes";
import {
  type Collection,
  collections,
  type FileName,
  fileNames,
  imageClasses,
  imageSide,
} from "./collection";
import { expectImages, expectLabels, type Idx, parseIdx } from "./idx";

/** A file of a collection. */
export interface Identity {
  readonly collection: Collection;
  readonly file: FileName;
}

/** What bytes turned out to be. */
export interface Identified {
  /** The bytes, unzipped. */
  readonly raw: Uint8Array<ArrayBuffer>;
  /** The SHA-256 of the bytes as they came. */
  readonly sha256: string;
  /** Undefined when the table has no such file. */
  readonly identity: Identity | undefined;
}

/** A file opened in its role; `complaint` is a sentence when it is well formed but not the published file. */
export interface Opened {
  readonly idx: Idx;
  readonly complaint: string | undefined;
}

const known = new Map<string, Identity>();
for (const collection of Object.values(collections)) {
  for (const file of fileNames) {
    const { gzSha256, rawSha256 } = collection.files[file];
    known.set(gzSha256, { collection, file }).set(rawSha256, { collection, file });
  }
}

/** Identifies bytes, zipped or not; a file zipped anew still counts. Rejects when they do not unzip. */
export async function identify(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Identified> {
  const hash = await sha256(bytes);
  if (!isGzip(bytes)) return { raw: bytes, sha256: hash, identity: known.get(hash) };
  const raw = await gunzip(bytes, name);
  return { raw, sha256: hash, identity: known.get(hash) ?? known.get(await sha256(raw)) };
}

/**
 * Opens bytes as `file` of `collection`; `name` is what the user calls them.
 * Rejects with one sentence when they are another known file (mislabelled), or not of the right structure.
 */
export async function openAs(
  { collection, file }: Identity,
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<Opened> {
  const found = await identify(bytes, name);
  const { identity } = found;
  if (identity && (identity.file !== file || identity.collection !== collection)) {
    throw new Error(
      `${name}: expected ${collection.title}'s ${file}, found ${identity.collection.title}'s ${identity.file}: ` +
        "the file is mislabelled; put the right one in its place.",
    );
  }
  const idx = parseIdx(found.raw, name);
  if (file.includes("images")) expectImages(idx, imageSide, name);
  else expectLabels(idx, imageClasses, name);
  if (identity) return { idx, complaint: undefined };
  const { gzSha256, rawSha256 } = collection.files[file];
  const expected = isGzip(bytes) ? gzSha256 : rawSha256;
  const complaint =
    `${name}: expected ${collection.title}'s ${file} with SHA-256 ${expected}, found ${found.sha256}: ` +
    "the file is corrupt or mislabelled; get it again.";
  return { idx, complaint };
}

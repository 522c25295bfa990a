/** Files dropped on the page, under any names: recognised by their contents, they become a data set. */
import { assemble } from "./assemble";
import { mostBytes } from "./bytes";
import { type Collection, collections, type FileName, fileNames } from "./collection";
import type { Dataset, TaskOptions } from "./dataset";
import { identify, type Opened } from "./identify";
import { parseIdx } from "./idx";

type Found = Map<Collection, Map<FileName, Opened>>;

/** Puts a file where it belongs, or returns the sentence that says why it belongs nowhere. */
async function place(file: File, found: Found): Promise<string | undefined> {
  const { name, size } = file;
  if (size > mostBytes) return `${name}: expected an IDX file of at most ${mostBytes} bytes, found ${size}.`;
  try {
    const { raw, sha256, identity } = await identify(new Uint8Array(await file.arrayBuffer()), name);
    const idx = parseIdx(raw, name);
    if (!identity) return `${name}: its SHA-256 ${sha256} is that of no file of MNIST or Fashion-MNIST.`;
    const files = found.get(identity.collection) ?? new Map<FileName, Opened>();
    found.set(identity.collection, files.set(identity.file, { idx, complaint: undefined }));
    return undefined;
  } catch (reason) {
    return reason instanceof Error ? reason.message : `${name}: ${reason}`;
  }
}

/**
 * MNIST or Fashion-MNIST from dropped files: any names, any order, gzipped or not; files beyond the four are
 * passed over. Rejects with an Error that lists what is missing and what each stray file is.
 */
export async function fromFiles(
  files: readonly File[],
  options: Pick<TaskOptions, "train" | "test"> = {},
): Promise<Dataset> {
  const found: Found = new Map();
  const strays: string[] = [];
  for (const file of files) {
    const stray = await place(file, found);
    if (stray) strays.push(stray);
  }
  for (const [collection, parts] of found) {
    if (parts.size === fileNames.length) {
      return assemble(collection, Object.fromEntries(parts) as Record<FileName, Opened>, options);
    }
  }
  const [nearest] = [...found].sort(([, a], [, b]) => b.size - a.size);
  const [collection, parts] = nearest ?? [collections.mnist, new Map<FileName, Opened>()];
  const missing = fileNames.filter((file) => !parts.has(file));
  throw new Error(
    [`${collection.title} is missing ${missing.join(", ")}: drop all four files together.`, ...strays].join(
      " ",
    ),
  );
}

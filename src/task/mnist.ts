/**
 * MNIST and Fashion-MNIST from their original IDX files: the user's own (`read`), else the browser's cache,
 * else a public mirror. Every file is checked against its SHA-256, on arrival, when it has been cached, and
 * when it comes back from the cache.
 */
import { assemble } from "./assemble";
import { sha256 } from "./bytes";
import { cacheRead, cacheRemove, cacheWrite } from "./cache";
import {
  type Collection,
  collections,
  fileNames,
  imageClasses,
  imageSide,
  testCount,
  trainCount,
} from "./collection";
import { sampleCount, type Task, type TaskOptions } from "./dataset";
import { download } from "./download";
import { type Identity, type Opened, openAs } from "./identify";

type Read = NonNullable<TaskOptions["read"]>;

/** The user's own file, zipped or not, under its name with or without `.gz`. */
async function openOwn(identity: Identity, read: Read): Promise<Opened> {
  const { collection, file } = identity;
  const faults: string[] = [];
  for (const name of [`${file}.gz`, file]) {
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = await read(name);
    } catch (reason) {
      faults.push(reason instanceof Error ? reason.message : String(reason));
      continue;
    }
    return openAs(identity, bytes, name);
  }
  throw new Error(
    `${collection.title} is missing a file: expected ${file}.gz or ${file}, found neither (${faults.join("; ")}).`,
  );
}

/** The published file in its cached copy; undefined when there is none, or it has gone bad. */
async function openCached(identity: Identity, key: string): Promise<Opened | undefined> {
  const bytes = await cacheRead(key);
  if (!bytes) return undefined;
  try {
    const opened = await openAs(identity, bytes, `${identity.file} (cached)`);
    if (opened.complaint === undefined) return opened;
  } catch {
    // Truncated or overwritten: as good as none.
  }
  await cacheRemove(key);
  return undefined;
}

/** Caches bytes, and forgets them again unless what comes back is what was written. */
async function keep(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (!(await cacheWrite(key, bytes))) return;
  const kept = await cacheRead(key);
  if (!kept || (await sha256(kept)) !== (await sha256(bytes))) await cacheRemove(key);
}

/** The published file, from the cache or the network. */
async function openPublished(identity: Identity, received: (bytes: number) => void): Promise<Opened> {
  const { collection, file } = identity;
  const key = `${collection.name}-${file}`;
  const cached = await openCached(identity, key);
  if (cached) return cached;

  const url = `${collection.url}${file}.gz`;
  const bytes = await download(url, received);
  const opened = await openAs(identity, bytes, url);
  if (opened.complaint) throw new Error(opened.complaint);
  await keep(key, bytes);
  return opened;
}

async function load(collection: Collection, options: TaskOptions) {
  // Asked-for sizes are checked before anything is fetched.
  sampleCount(collection.name, "train", options.train, { usual: trainCount, most: trainCount });
  sampleCount(collection.name, "test", options.test, { usual: testCount, most: testCount });
  const total = fileNames.reduce((sum, file) => sum + collection.files[file].gzBytes, 0);
  let before = 0;
  const parts: Partial<Record<(typeof fileNames)[number], Opened>> = {};
  for (const file of fileNames) {
    const { gzBytes } = collection.files[file];
    const received = (bytes: number) => options.progress?.(before + Math.min(bytes, gzBytes), total);
    const identity = { collection, file };
    parts[file] = options.read
      ? await openOwn(identity, options.read)
      : await openPublished(identity, received);
    received(gzBytes);
    before += gzBytes;
  }
  return assemble(collection, parts as Record<(typeof fileNames)[number], Opened>, options);
}

function taskOf(collection: Collection): Task {
  const inputs = imageSide * imageSide;
  return {
    name: collection.name,
    title: collection.title,
    summary: collection.summary,
    inputs,
    classes: imageClasses,
    defaultLayers: [inputs, 512, imageClasses],
    load: (options = {}) => load(collection, options),
  };
}

/** MNIST: u8 [28, 28]; `train` and `test` take the first samples; `progress` counts bytes of the four .gz. */
export const mnist: Task = taskOf(collections.mnist);

/** Fashion-MNIST: as MNIST. */
export const fashionMnist: Task = taskOf(collections.fashionMnist);

/**
 * A data set from IDX files: images of any size, or any other rows of bytes, and their labels; two files to learn from, and
 * two more to test on where there are such. MNIST's and Fashion-MNIST's own files are known by their contents and read as such.
 */
import { assemble } from "./assemble";
import { type FileName, fileNames } from "./collection";
import type { Dataset } from "./dataset";
import { type Identity, identify, type Opened } from "./identify";
import { type Idx, parseIdx } from "./idx";
import { type Allowance, lastPart, namesTest, type OwnFile, type OwnOptions } from "./own-file";
import { datasetOf, stratified } from "./own-split";

interface Read {
  readonly path: string;
  readonly idx: Idx;
  readonly identity: Identity | undefined;
}

interface Pair {
  readonly images: Read;
  readonly labels: Read;
}

/** Rejects with one sentence that says which file is not as expected, or is missing. */
export async function readIdx(
  files: readonly OwnFile[],
  options: OwnOptions,
  allowance: Allowance,
  name: string,
): Promise<Dataset> {
  const read: Read[] = [];
  for (const file of files) {
    const { raw, identity } = await identify(await allowance.read(file), file.path);
    read.push({ path: file.path, idx: parseIdx(raw, file.path), identity });
    options.progress?.(read.length, files.length);
  }
  const published = publishedSet(read);
  if (published) return published;
  const train = pairOf(
    read.filter(({ path }) => !namesTest(lastPart(path))),
    "to learn from",
  );
  const rest = read.filter(({ path }) => namesTest(lastPart(path)));
  const pairs = [train, ...(rest.length > 0 ? [pairOf(rest, "to test on")] : [])];
  const shape = shapeOf(train);
  for (const pair of pairs)
    if (String(shapeOf(pair)) !== String(shape))
      throw new Error(
        `${pair.images.path}: expected images of [${shape}] as in ${train.images.path}, found [${shapeOf(pair)}].`,
      );
  return ownSet(pairs, shape, options, allowance, name);
}

/** MNIST or Fashion-MNIST, where all four of its files are here. */
function publishedSet(read: readonly Read[]): Dataset | undefined {
  const found = new Map<Identity["collection"], Map<FileName, Opened>>();
  for (const { idx, identity } of read) {
    if (!identity) continue;
    const parts = found.get(identity.collection) ?? new Map<FileName, Opened>();
    found.set(identity.collection, parts.set(identity.file, { idx, complaint: undefined }));
  }
  for (const [collection, parts] of found)
    if (parts.size === fileNames.length)
      return assemble(collection, Object.fromEntries(parts) as Record<FileName, Opened>, {});
  return undefined;
}

/** The one file of images and the one of labels; labels have one dimension. */
function pairOf(read: readonly Read[], what: string): Pair {
  const kinds = {
    images: read.filter(({ idx }) => idx.dims.length > 1),
    labels: read.filter(({ idx }) => idx.dims.length === 1),
  };
  for (const [kind, found] of Object.entries(kinds))
    if (found.length !== 1)
      throw new Error(
        `Expected one IDX file of ${kind} ${what}, found ${found.length === 0 ? "none" : found.map(({ path }) => path).join(", ")}; name those to test on test-… or t10k-….`,
      );
  const [images, labels] = [kinds.images[0]!, kinds.labels[0]!];
  if (images.idx.dims[0] !== labels.idx.dims[0])
    throw new Error(
      `${labels.path}: expected as many labels as images, found ${labels.idx.dims[0]} labels and ${images.idx.dims[0]} images in ${images.path}; the files do not belong together.`,
    );
  return { images, labels };
}

const shapeOf = ({ images }: Pair): number[] => images.idx.dims.slice(1);

function ownSet(
  pairs: readonly Pair[],
  shape: readonly number[],
  options: OwnOptions,
  allowance: Allowance,
  name: string,
): Promise<Dataset> {
  const inputs = shape.reduce((product, n) => product * n, 1);
  const counts = pairs.map(({ images }) => images.idx.dims[0]!);
  const first = counts[0]!;
  const found = pairs.flatMap(({ labels }) => Array.from(new Set(labels.idx.data)));
  const values = [...new Set(found)].sort((a, b) => a - b);
  const place = new Uint8Array(256);
  values.forEach((value, label) => {
    place[value] = label;
  });
  const count = counts.reduce((sum, n) => sum + n, 0);
  const labels = new Uint8Array(count);
  pairs.forEach((pair, index) => {
    labels.set(
      pair.labels.idx.data.map((value) => place[value]!),
      index * first,
    );
  });
  const copy = (sample: number, target: Uint8Array | Float32Array, at: number) => {
    const [{ images }, row] = sample < first ? [pairs[0]!, sample] : [pairs[1]!, sample - first];
    target.set(images.idx.data.subarray(row * inputs, (row + 1) * inputs), at);
  };
  const told = pairs.length === 2;
  const isTest = told
    ? Uint8Array.from(labels, (_, at) => Number(at >= first))
    : stratified(labels, values.length, options);
  const done = `bytes of [${shape.join(", ")}] from IDX files`;
  return datasetOf(
    { name, done, shape, classNames: values.map(String), labels, isTest, told, type: "u8", copy },
    allowance,
  );
}

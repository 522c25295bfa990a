/** Someone's own data in the terminal: a CSV, IDX files or a zip, alone or in a folder. Node decodes no pictures. */
import { readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import type { Dataset, Task } from "../task/dataset";
import { type OwnFile, readOwnData } from "../task/own";
import type { Context } from "./command";

/** What the names of data sets from someone's own files begin with. */
const ownNames = "own:";

/** Whether a run is on someone's own data. */
export const isOwn = (task: string): boolean => task.startsWith(ownNames);

/** Neurons of the hidden layer, unless told. */
const hidden = 128;

/** A folder's files, or the one file told, named from the last part of the path on. */
function filesAt(told: string): OwnFile[] {
  const found = statSync(told, { throwIfNoEntry: false });
  if (!found) throw new Error(`--data should name a file or a folder, but ${told} is missing.`);
  const top = basename(resolve(told));
  const fileOf = (path: string, at: string): OwnFile => ({
    path,
    size: statSync(at).size,
    bytes: () => readFile(at),
  });
  if (!found.isDirectory()) return [fileOf(top, told)];
  return readdirSync(told, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(told, join(entry.parentPath, entry.name)))
    .sort()
    .map((name) => fileOf(join(top, name), join(told, name)));
}

/**
 * The data at a path as a task of its own.
 * @throws one sentence when there is nothing there, or not what `readOwnData` takes
 */
export async function ownTask(told: string, { stderr }: Context): Promise<Task> {
  let shown = -1;
  const progress = (done: number, total: number) => {
    const share = Math.floor((100 * done) / total);
    if (!stderr.isTTY || share === shown) return;
    shown = share;
    stderr.write(`\r\x1b[KReading ${told}: ${share} %`);
  };
  const dataset = await readOwnData(filesAt(told), { progress }).finally(() => {
    if (shown >= 0) stderr.write("\r\x1b[K");
  });
  stderr.write(`engram: ${dataset.title}.\n`);
  return taskOf(dataset);
}

function taskOf(dataset: Dataset): Task {
  const { name, title, inputs, classes } = dataset;
  return {
    ...{ name, title, summary: title, inputs, classes },
    defaultLayers: [inputs, hidden, classes],
    load: async ({ train, test } = {}) => {
      if (train !== undefined || test !== undefined)
        throw new RangeError(
          "Own data are taken whole, but --train or --test asks for a part; leave them out.",
        );
      return dataset;
    },
  };
}

/** Where the terminal finds a task's files: in the folder told, in the usual ones, or by the task's own download. */
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileNames } from "../task/collection";
import type { Dataset, Task, TaskOptions } from "../task/dataset";
import { type Context, UsageError } from "./command";

/** A folder counts as a data set's when one of its files is there. */
const holdsFiles = (folder: string): boolean =>
  fileNames.some((file) => existsSync(join(folder, file)) || existsSync(join(folder, `${file}.gz`)));

/**
 * The folder to read from: the one told (or, in it, the one named after the task), else ./data/TASK, ./data or
 * $ENGRAM_DATA/TASK where the files are; undefined when there is none.
 * @throws one sentence when the folder told is missing
 */
function dataFolder(task: string, told: string | undefined): string | undefined {
  if (told !== undefined) {
    const found = statSync(told, { throwIfNoEntry: false });
    if (!found?.isDirectory())
      throw new Error(
        `--data should name a folder with ${task}'s files, but ${told} is ${found ? "a file" : "missing"}.`,
      );
    const inner = join(told, task);
    return !holdsFiles(told) && holdsFiles(inner) ? inner : told;
  }
  const home = process.env.ENGRAM_DATA;
  const usual = [join("data", task), "data", ...(home ? [join(home, task)] : [])];
  return usual.find(holdsFiles);
}

/** @throws one sentence without Node's codes when the file can't be read */
async function readFrom(folder: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(folder, file);
  if (!existsSync(path)) throw new Error(`no ${path}`);
  return new Uint8Array(await readFile(path));
}

/**
 * Loads a task's samples.
 * @param told the folder of `--data`
 * @throws one sentence when files are missing or broken (RangeError: too many or too few samples asked for), or when a task that draws its own samples was given a folder
 */
export async function loadTask(
  task: Task,
  options: Pick<TaskOptions, "seed" | "train" | "test">,
  told: string | undefined,
  { stderr }: Context,
): Promise<Dataset> {
  const folder = dataFolder(task.name, told);
  let asked = false;
  let shown = -1;
  const read = (file: string) => {
    asked = true;
    return readFrom(folder!, file);
  };
  const progress = (done: number, total: number) => {
    const share = Math.floor((100 * done) / total);
    if (!stderr.isTTY || share === shown) return;
    shown = share;
    stderr.write(`\r\x1b[KLoading ${task.title}: ${share} %`);
  };
  try {
    const dataset = await task.load({ ...options, progress, ...(folder !== undefined && { read }) });
    if (told !== undefined && !asked)
      throw new UsageError(
        `The task ${task.name} makes its own samples and reads no files; leave --data out.`,
      );
    return dataset;
  } finally {
    if (shown >= 0) stderr.write("\r\x1b[K");
  }
}

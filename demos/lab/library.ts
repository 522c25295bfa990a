/** Library: the data sets that the lab can train on: tasks, and whatever files someone gave it. */
import { type Dataset, tasks } from "../../src/task/task";
import type { PickedFile } from "../../src/view/picked-files";
import { Datasets, sources } from "../race/datasets";
import { isOwn, type LabState, ownName, ownTask } from "./state";

type Progress = (done: number, total: number) => void;

export class Library {
  private readonly datasets = new Datasets();
  /** Someone's own, by their task's name. */
  private readonly own = new Map<string, Dataset>();

  /** Whether a task's data must be given by hand first. */
  isMissing(task: string): boolean {
    return isOwn(task) && !this.own.has(task);
  }

  /** @throws one sentence where they can't be had */
  async load(
    { task, train, test }: Pick<LabState, "task" | "train" | "test">,
    progress: Progress,
  ): Promise<Dataset> {
    const own = this.own.get(task);
    if (own) return own;
    const real = sources.some(({ name }) => name === task); // these have as many samples as they have
    return this.datasets.load(task, { seed: 1, progress, ...(!real && { train, test }) });
  }

  /** Takes files and says under which task they now are. @throws one sentence */
  async take(files: readonly PickedFile[], progress: Progress): Promise<string> {
    const dataset = await this.datasets.takeOwn(files, progress);
    if (tasks.some(({ name }) => name === dataset.name)) return dataset.name;
    const task = ownTask(dataset.name);
    this.own.set(task, dataset);
    return task;
  }

  /** All tasks to choose from, by name; one that is missing says so. */
  titles(present: string): Record<string, string> {
    const missing = this.isMissing(present) && { [present]: `${ownName(present)} (drop it again)` };
    const own = Object.fromEntries([...this.own].map(([name, { title }]) => [name, title]));
    return { ...Object.fromEntries(tasks.map(({ name, title }) => [name, title])), ...missing, ...own };
  }
}

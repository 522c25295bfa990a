/** The data sets at hand: synthetic ones drawn when first asked for, real ones once they are here. */
import { collections } from "../../src/task/collection";
import { type Dataset, findTask, fromFiles, type TaskOptions } from "../../src/task/task";
import type { Source } from "../../src/view/data-panel";

/** Real data that can be fetched. */
export const sources: readonly Source[] = Object.values(collections).map(({ name, title, url, files }) => ({
  name,
  title,
  host: new URL(url).host,
  bytes: Object.values(files).reduce((sum, { gzBytes }) => sum + gzBytes, 0),
}));

const isReal = (name: string) => sources.some((source) => source.name === name);

export class Datasets {
  private readonly loaded = new Map<string, Dataset>();

  /** Titles by name of the real ones that are here. */
  get titles(): Record<string, string> {
    const real = [...this.loaded.values()].filter(({ name }) => isReal(name));
    return Object.fromEntries(real.map(({ name, title }) => [name, title]));
  }

  /** @throws one sentence where it can't be had */
  async load(name: string, options: TaskOptions): Promise<Dataset> {
    const key = isReal(name) ? name : `${name} ${options.seed} ${options.train}`;
    const dataset = this.loaded.get(key) ?? (await findTask(name).load(options));
    this.loaded.set(key, dataset);
    return dataset;
  }

  /** @throws one sentence that lists what is missing and what each stray file is */
  async take(files: readonly File[]): Promise<Dataset> {
    const dataset = await fromFiles(files);
    this.loaded.set(dataset.name, dataset);
    return dataset;
  }
}

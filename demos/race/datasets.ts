/** The data sets at hand: synthetic ones drawn when first asked for, real ones once they are here. */
import { collections } from "../../src/task/collection";
import { type Dataset, findTask, fromFiles, type TaskOptions } from "../../src/task/task";
import type { Source } from "../../src/view/data-panel";
import { decodeImage } from "../../src/view/decode-image";
import type { PickedFile } from "../../src/view/picked-files";

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
    const key = isReal(name) ? name : `${name} ${options.seed} ${options.train} ${options.test}`;
    const dataset = this.loaded.get(key) ?? (await findTask(name).load(options));
    this.loaded.set(key, dataset);
    return dataset;
  }

  /** @throws one sentence that lists what is missing and what each stray file is */
  async take(picked: readonly PickedFile[]): Promise<Dataset> {
    const dataset = await fromFiles(picked.map(({ file }) => file));
    this.loaded.set(dataset.name, dataset);
    return dataset;
  }

  /** Whatever files someone has: MNIST's or Fashion-MNIST's own, or any that src/task/own.ts reads. @throws one sentence */
  async takeOwn(
    picked: readonly PickedFile[],
    progress: (done: number, total: number) => void,
  ): Promise<Dataset> {
    if (picked.length >= 4 && picked.every(({ path }) => /ubyte|idx/i.test(path))) {
      const known = await this.take(picked).catch(() => undefined);
      if (known) return known;
    }
    const { readOwnData } = await import("../../src/task/own");
    const files = picked.map(({ path, file }) => ({
      path,
      size: file.size,
      bytes: async () => new Uint8Array(await file.arrayBuffer()),
    }));
    return readOwnData(files, { decodeImage, progress });
  }
}

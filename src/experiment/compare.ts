/**
 * Compare: what the scoreboard measures. A cell is one rule's set-up, one seed and one column; each is measured by itself, in
 * an experiment of its own, so cells from several runs and machines make one table.
 */
import type { Dataset } from "../task/dataset";
import { type Bench, StoppedError } from "./bench";
import type { Cell, Column, Setup } from "./cell";
import { isImages } from "./disturb";
import { NotFiniteError } from "./health";
import { measureFew } from "./measure-few";
import { measureOnline } from "./measure-online";
import { measureTraining } from "./measure-training";

const notImages = ({ title }: Dataset) =>
  `The samples of ${title} are no images that could be moved or turned.`;

/**
 * Measures what is wanted of one set-up and seed, and tells each cell as it is done. A failure is a cell too.
 * @throws StoppedError
 */
export async function* measureCells(
  bench: Bench,
  wanted: Partial<Record<Column, Setup>>,
): AsyncGenerator<Cell, void> {
  const { seed } = bench;
  const cell = (column: Column, setup: Setup, rest: object): Cell =>
    ({ name: setup.name, seed, column, setup, ...rest }) as Cell;
  const failure = (error: unknown) => {
    if (error instanceof StoppedError) throw error;
    return {
      adapter: "",
      failed: error instanceof Error ? error.message : String(error),
      ...(error instanceof NotFiniteError && { diverged: true }),
    };
  };
  const { accuracy, few, online } = wanted;
  const images = isImages(bench.dataset);
  const robust = images ? wanted.robust : undefined;
  if (wanted.robust && !images)
    yield cell("robust", wanted.robust, { adapter: "", failed: notImages(bench.dataset), diverged: true });
  const setup = accuracy ?? robust;
  if (setup) {
    try {
      const measured = await measureTraining(bench, setup, robust !== undefined);
      const { adapter } = measured;
      if (accuracy) yield cell("accuracy", setup, { adapter, result: measured.accuracy });
      if (robust) yield cell("robust", setup, { adapter, result: measured.robust });
    } catch (error) {
      if (accuracy) yield cell("accuracy", setup, failure(error));
      if (robust) yield cell("robust", setup, failure(error));
    }
  }
  if (few)
    yield await measureFew(bench, few).then(
      ({ few: result, adapter }) => cell("few", few, { adapter, result }),
      (error: unknown) => cell("few", few, failure(error)),
    );
  if (online)
    yield await measureOnline(bench, online).then(
      ({ online: result, adapter }) => cell("online", online, { adapter, result }),
      (error: unknown) => cell("online", online, failure(error)),
    );
}

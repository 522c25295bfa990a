/** What a person watches during a comparison: a bar over all cells on a terminal, a plain line a cell elsewhere. */
import type { Cell } from "../experiment/cell";
import type { Context } from "./command";
import { clock, percent } from "./text";

const redrawMs = 100;

export class CellBar {
  /** Cells that are there. */
  done = 0;
  private readonly begun = performance.now();
  private begunAt: number | undefined;
  private drawn = false;
  private drawnAt = 0;
  private now = { what: "", share: 0, accuracy: undefined as number | undefined };

  /** @param quiet say nothing where stderr is no terminal, as a program reads the results */
  constructor(
    private readonly stderr: Context["stderr"],
    private readonly total: number,
    private readonly quiet: boolean,
  ) {}

  progress(what: string, share: number, accuracy?: number): void {
    this.begunAt ??= this.done;
    this.now = { what, share: Math.min(1, share), accuracy: accuracy ?? this.now.accuracy };
    if (performance.now() - this.drawnAt > redrawMs) this.draw();
  }

  cell(cell: Cell): void {
    this.done += 1;
    this.now = { what: this.now.what, share: 0, accuracy: undefined };
    if (!this.stderr.isTTY && !this.quiet) this.stderr.write(`${lineOf(cell)}\n`);
    else if (cell.failed !== undefined) this.say(lineOf(cell));
    this.draw();
  }

  say(line: string): void {
    this.clear();
    this.stderr.write(`${line}\n`);
    this.draw();
  }

  clear(): void {
    if (this.drawn) this.stderr.write("\r\x1b[K");
    this.drawn = false;
  }

  private draw(): void {
    if (!this.stderr.isTTY) return;
    const columns = this.stderr.columns || 80;
    const { what, share, accuracy } = this.now;
    const done = Math.min(this.total, this.done + share);
    const measured = done - (this.begunAt ?? this.done);
    const pace = measured > 0.01 ? (performance.now() - this.begun) / measured : 0;
    const tail = [
      ` ${this.done}/${this.total} cells`,
      what,
      ...(accuracy === undefined ? [] : [`test ${percent(accuracy)}`]),
      ...(pace > 0 ? [`${clock(((this.total - done) * pace) / 1000)} left`] : []),
    ].join(" · ");
    const width = Math.max(8, Math.min(30, columns - tail.length - 2));
    const filled = Math.round((done / Math.max(1, this.total)) * width);
    this.stderr.write(
      `\r\x1b[K${`${"█".repeat(filled)}${"░".repeat(width - filled)}${tail}`.slice(0, columns - 1)}`,
    );
    this.drawn = true;
    this.drawnAt = performance.now();
  }
}

function lineOf(cell: Cell): string {
  const head = `${cell.name}  seed ${cell.seed}  ${cell.column}`;
  if (cell.failed !== undefined) return `engram: ${head} failed: ${cell.failed}`;
  if (cell.column === "accuracy") return `${head}  ${percent(cell.result!.final)}`;
  if (cell.column === "online") return `${head}  ${percent(cell.result!.accuracy)}`;
  if (cell.column === "robust")
    return `${head}  ${Object.entries(cell.result!)
      .map(([how, share]) => `${how} ${percent(share)}`)
      .join(", ")}`;
  const few = cell.result!.map(
    ({ perClass, accuracy }) => `${perClass} a class ${accuracy === null ? "diverged" : percent(accuracy)}`,
  );
  return `${head}  ${few.join(", ")}`;
}

/** Journal: the finished cells of a comparison, a line each in a file beside the table. A torn last line counts for nothing. */
import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
} from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { type Cell, columns } from "../experiment/cell";
import { UsageError } from "./command";

export const endings = [".json", ".csv", ".md"] as const;
export type Ending = (typeof endings)[number];

/** The tables that FILE stands for, by their endings; all three where it has none. @throws UsageError for another ending */
export function tablesOf(out: string): { readonly base: string; readonly endings: readonly Ending[] } {
  const ending = extname(out);
  if (ending === "") return { base: out, endings };
  const known = endings.find((one) => one === ending);
  if (!known)
    throw new UsageError(
      `--out takes a file that ends in .json, .csv or .md, or one without ending, but got ${out}.`,
    );
  return { base: out.slice(0, -ending.length), endings: [known] };
}

export class Journal {
  /** The newest of each name, seed and column, without those of set-ups that a newer one replaced. */
  cells: readonly Cell[] = [];
  private readonly file: string | undefined;
  /** Bytes of the file up to the end of its last whole line, where something torn follows. */
  private whole: number | undefined;

  /**
   * @param out as given to --out; without it cells are only remembered
   * @throws one sentence where the file can't be written or is none of ours
   */
  constructor(out: string | undefined, task: string) {
    if (out === undefined) return;
    const { base, endings: wanted } = tablesOf(out);
    const folder = dirname(resolve(base));
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`Can't save to ${out}: there is no folder ${folder}; make it, or name another.`);
    try {
      accessSync(folder, constants.W_OK | constants.X_OK);
    } catch {
      throw new Error(
        `Can't save to ${out}: the folder ${folder} is not writable; name another, or mend its permissions.`,
      );
    }
    this.file = `${base}.cells.jsonl`;
    if (!existsSync(this.file)) {
      const other = wanted.map((ending) => `${base}${ending}`).find((table) => existsSync(table));
      if (other)
        throw new Error(
          `Won't save over ${other}: there is no ${this.file} that it was made from; name another file, or remove it first.`,
        );
      return;
    }
    const text = readFileSync(this.file, "utf8");
    const end = text.lastIndexOf("\n") + 1;
    if (end < text.length) this.whole = Buffer.byteLength(text.slice(0, end));
    for (const cell of readCells(this.file, text.slice(0, end))) this.take(cell);
    const stray = this.cells.find(({ setup }) => setup.task !== task);
    if (stray)
      throw new Error(
        `${this.file} holds cells of ${stray.setup.task}, but ${task} was asked for; name another file.`,
      );
  }

  add(cell: Cell): void {
    this.take(cell);
    if (this.file === undefined) return;
    if (this.whole !== undefined) truncateSync(this.file, this.whole);
    this.whole = undefined;
    appendFileSync(this.file, `${JSON.stringify(cell)}\n`);
  }

  private take(cell: Cell): void {
    const setup = JSON.stringify(cell.setup);
    const kept = this.cells.filter(
      (other) =>
        other.name !== cell.name ||
        other.column !== cell.column ||
        (other.seed !== cell.seed && JSON.stringify(other.setup) === setup),
    );
    this.cells = [...kept, cell];
  }
}

/** @throws one sentence for a broken line */
function readCells(file: string, text: string): Cell[] {
  return text.split("\n").flatMap((line, index) => {
    if (line === "") return [];
    const cell = parsed(line);
    if (cell && columns.includes(cell.column) && typeof cell.name === "string" && cell.setup) return [cell];
    throw new Error(
      `${file} is broken at line ${index + 1}: a cell as JSON was expected; remove the line, or name another file.`,
    );
  });
}

function parsed(line: string): Cell | undefined {
  try {
    return JSON.parse(line) as Cell;
  } catch {
    return undefined;
  }
}

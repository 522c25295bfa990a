/**
 * The table of a CSV: its header, its numbers, and which of its columns is the class.
 *
 * That is the column named label, class, target or y; else the last or the first one, whichever holds words, or whole numbers
 * of which there are few. What can't be a class must be a number.
 */
import type { CsvRow } from "./own-csv-rows";
import type { Allowance } from "./own-file";
import { mostClasses } from "./own-split";

/** The surest first. */
const labelNames = ["label", "labels", "class", "target", "y"];

/** Columns that only number the rows. */
const indexNames = ["", "id", "index", "unnamed: 0"];

/** Rows that are held in one array. */
const blockRows = 4096;

/** On one line, and not long: for people. */
const shown = (cell: string): string => cell.trim().replace(/\s+/g, " ").slice(0, 40);

const plain = (cell: string): string => cell.trim().toLowerCase();

/** A cell's number, NaN where it is none; a decimal comma too, where it can't part cells. */
function numberOf(cell: string): number {
  const text = cell.trim();
  if (text === "") return Number.NaN;
  const value = Number(/^[+-]?\d+,\d+$/.test(text) ? text.replace(",", ".") : text);
  return Number.isFinite(Math.fround(value)) ? value : Number.NaN;
}

/** What stands in a column that may be the class. */
interface Candidate {
  readonly column: number;
  /** Distinct contents, in order of first sight; undefined once there are too many. */
  codes: Map<string, number> | undefined;
  readonly rows: number[];
  /** The first row that holds nothing here. */
  empty?: Fault;
}

interface Fault {
  readonly file: string;
  readonly row: number;
  readonly cell: string;
}

export class Table {
  header: readonly string[] | undefined;
  /** Rows so far. */
  count = 0;
  private columns = 0;
  private firstFile = "";
  private first: { readonly file: string; readonly row: CsvRow } | undefined;
  private readonly blocks: Float32Array[] = [];
  private readonly faults = new Map<number, Fault>();
  private candidates: Candidate[] = [];

  constructor(private readonly allowance: Allowance) {}

  /** Takes the next row of a file. @throws one sentence when it is not as wide as the first */
  add(file: string, row: CsvRow, begins: boolean): void {
    if (this.columns === 0) {
      this.begin(file, row);
      return;
    }
    if (row.cells.length !== this.columns)
      throw new Error(
        `${file}, row ${row.row}: expected ${this.columns} columns as in ${file === this.firstFile ? "" : `${this.firstFile}'s `}the first row, found ${row.cells.length}.`,
      );
    if (begins && this.header?.every((name, column) => name === row.cells[column])) return;
    this.flush(row);
    this.take(file, row);
  }

  private begin(file: string, row: CsvRow): void {
    this.columns = row.cells.length;
    if (this.columns < 2)
      throw new Error(
        `${file}, row ${row.row}: expected two columns at least, found one ("${shown(row.cells[0]!)}"); part them by commas, semicolons or tabs.`,
      );
    [this.firstFile, this.first] = [file, { file, row }];
  }

  /** The first row is a header if it names the class, or has a word where the second has a number. */
  private flush(second: CsvRow): void {
    if (!this.first) return;
    const { file, row } = this.first;
    this.first = undefined;
    const isHeader = row.cells.some(
      (cell, column) =>
        labelNames.includes(plain(cell)) ||
        (Number.isNaN(numberOf(cell)) && !Number.isNaN(numberOf(second.cells[column]!))),
    );
    if (isHeader) this.header = row.cells;
    const names = (this.header ?? []).map(plain);
    const named = labelNames.map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1; // of x, y, class it is not y
    const columns = named >= 0 ? [named] : [this.columns - 1, 0];
    this.candidates = columns.map((column) => ({ column, codes: new Map(), rows: [] }));
    if (!isHeader) this.take(file, row);
  }

  private take(file: string, { row, cells }: CsvRow): void {
    const at = this.count % blockRows;
    if (at === 0) {
      const bytes = 4 * blockRows * this.columns;
      this.allowance.check(bytes * (this.blocks.length + 1), `${file}: its numbers`);
      this.blocks.push(new Float32Array(blockRows * this.columns));
    }
    const block = this.blocks.at(-1)!;
    for (let column = 0; column < this.columns; column++) {
      const value = numberOf(cells[column]!);
      block[at * this.columns + column] = value;
      if (Number.isNaN(value) && !this.faults.has(column))
        this.faults.set(column, { file, row, cell: cells[column]! });
    }
    for (const candidate of this.candidates) {
      const { codes, column, rows } = candidate;
      if (!codes) continue;
      const cell = cells[column]!.trim();
      if (cell === "") candidate.empty ??= { file, row, cell };
      if (!codes.has(cell)) codes.set(cell, codes.size);
      rows.push(codes.get(cell)!);
      if (codes.size > mostClasses) candidate.codes = undefined;
    }
    this.count++;
  }

  /** The value in a row and a column. */
  at(row: number, column: number): number {
    return this.blocks[Math.floor(row / blockRows)]![(row % blockRows) * this.columns + column]!;
  }

  /** What a column is called, for people. */
  called(column: number): string {
    const name = this.header?.[column];
    return `column ${column + 1}${name === undefined ? "" : ` ("${shown(name)}")`}`;
  }

  /**
   * The class of every row, what the classes are called, and the columns that are left to see.
   * @throws one sentence when no column can be the class, or another holds what is no number
   */
  read(file: string): { labels: Uint8Array; classNames: string[]; column: number; inputs: number[] } {
    if (this.count === 0)
      throw new Error(`${file}: expected two rows at least, found ${this.columns === 0 ? "none" : "one"}.`);
    const { column, codes, rows } = this.label(file);
    const inputs = Array.from({ length: this.columns }, (_, at) => at).filter(
      (at) => at !== column && !(this.header && indexNames.includes(plain(this.header[at]!))),
    );
    for (const at of inputs) {
      const fault = this.faults.get(at);
      if (fault)
        throw new Error(
          `${fault.file}, row ${fault.row}, ${this.called(at)}: expected a number, found ${fault.cell.trim() === "" ? "nothing" : `"${shown(fault.cell)}"`}; only the class may be words.`,
        );
    }
    if (inputs.length === 0)
      throw new Error(`${file}: expected a column of numbers beside ${this.called(column)}, found none.`);
    const names = [...codes.keys()];
    const classNames = [...names].sort(this.faults.has(column) ? undefined : (a, b) => Number(a) - Number(b));
    const place = names.map((name) => classNames.indexOf(name));
    const labels = Uint8Array.from(rows, (code) => place[code]!);
    return { labels, classNames: classNames.map(shown), column, inputs };
  }

  private label(file: string) {
    const [only, other] = this.candidates;
    if (!other) {
      if (!only!.codes)
        throw new Error(
          `${file}, ${this.called(only!.column)}: expected at most ${mostClasses} classes, found more.`,
        );
      const { empty } = only!;
      if (empty)
        throw new Error(
          `${empty.file}, row ${empty.row}, ${this.called(only!.column)}: expected a class, found nothing.`,
        );
      return { ...only!, codes: only!.codes };
    }
    const words = ({ column }: Candidate) => this.faults.has(column);
    const few = this.candidates.flatMap((one) => {
      const { codes, empty } = one;
      const whole =
        codes && [...codes.keys()].every((name) => words(one) || Number.isInteger(numberOf(name)));
      return codes && whole && !empty && codes.size >= 2 && 2 * codes.size <= this.count
        ? [{ ...one, codes }]
        : [];
    });
    const [best] = few.sort((a, b) => Number(words(b)) - Number(words(a)) || a.codes.size - b.codes.size);
    if (best) return best;
    throw new Error(
      `${file}: expected the class of each row in a column named label, class, target or y, or in the last or first column, found in those nothing that comes twice for each class; name the column in the first row.`,
    );
  }
}

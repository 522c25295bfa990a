/**
 * Rows of a CSV file (RFC 4180), a stretch of the file at a time so that a page stays awake: cells in quotes may hold
 * delimiters, doubled quotes and line ends. The delimiter (comma, semicolon, tab or bar) is the commonest of the first row.
 */
import { breathe } from "./own-file";

export interface CsvRow {
  /** From 1; blank rows count. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** Bytes that are read at a time. */
const stretch = 2 ** 18;

/** No row is longer, in characters: one that seems so has a quote that is never closed. */
const longest = 2 ** 24;

const delimiters = [",", ";", "\t", "|"];

const codes = { quote: 0x22, feed: 0x0a, return: 0x0d };

function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/g, "");
  const counts = delimiters.map((one) => bare.split(one).length);
  return delimiters[counts.indexOf(Math.max(...counts))]!;
}

/** A row's cells and where the next begins; undefined where the text ends first. */
type Found = { readonly cells: string[]; readonly next: number } | undefined;

/** A row with quotes in it, cell by cell. */
function quotedRow(text: string, from: number, delimiter: string, last: boolean, where: () => string): Found {
  const cells: string[] = [];
  const stop = delimiter.charCodeAt(0);
  let at = from;
  for (;;) {
    let cell = "";
    if (text.charCodeAt(at) === codes.quote) {
      for (let open = at + 1; ; open = at + 1) {
        at = text.indexOf('"', open);
        if (at < 0 || (at + 1 === text.length && !last)) return undefined;
        cell += text.slice(open, at);
        at++;
        if (text.charCodeAt(at) !== codes.quote) break;
        cell += '"'; // doubled: one of the cell's own
      }
      const after = text.charCodeAt(at);
      if (at < text.length && after !== stop && after !== codes.feed && after !== codes.return)
        throw new Error(
          `${where()}, column ${cells.length + 1}: expected "${delimiter}" after the closing quote, found "${text[at]}"; double the quotes within a cell.`,
        );
    } else {
      const begin = at;
      while (at < text.length && text.charCodeAt(at) !== stop && text.charCodeAt(at) !== codes.feed) at++;
      cell = text.slice(begin, at);
    }
    cells.push(cell);
    if (text.charCodeAt(at) === codes.return) at++;
    if (at >= text.length) return last ? { cells, next: at } : undefined;
    if (text.charCodeAt(at) === codes.feed) return { cells: withoutReturn(cells), next: at + 1 };
    at++;
  }
}

function withoutReturn(cells: string[]): string[] {
  const end = cells.at(-1)!;
  return end.endsWith("\r") ? [...cells.slice(0, -1), end.slice(0, -1)] : cells;
}

function nextRow(text: string, from: number, delimiter: string, last: boolean, where: () => string): Found {
  const feed = text.indexOf("\n", from);
  const end = feed < 0 ? text.length : feed;
  const line = text.slice(from, end);
  if (line.includes('"')) return quotedRow(text, from, delimiter, last, where);
  if (feed < 0 && (!last || line === "")) return undefined;
  return { cells: withoutReturn(line.split(delimiter)), next: end + 1 };
}

/**
 * The rows of a CSV file, as many at a time as a stretch of it holds; blank rows are passed over.
 * @param bytes UTF-8, or UTF-16 that begins with its mark
 * @param read told how many bytes were read
 * @throws one sentence for a quote that is wrong, or never closed
 */
export async function* csvRows(
  bytes: Uint8Array,
  name: string,
  read: (bytes: number) => void = () => {},
): AsyncGenerator<CsvRow[]> {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const decoder = new TextDecoder(wide ? "utf-16le" : "utf-8");
  let [text, delimiter, row] = ["", "", 0];
  const where = () => `${name}, row ${row + 1}`;
  for (let from = 0; from < bytes.length; from += stretch) {
    const last = from + stretch >= bytes.length;
    text += decoder.decode(bytes.subarray(from, from + stretch), { stream: !last });
    if (delimiter === "" && (last || text.includes("\n"))) delimiter = delimiterOf(text.split("\n", 1)[0]!);
    const rows: CsvRow[] = [];
    let at = 0;
    for (let found = delimiter && nextRow(text, at, delimiter, last, where); found; ) {
      const { cells, next } = found;
      row++;
      if (cells.length > 1 || cells[0]!.trim() !== "") rows.push({ row, cells });
      at = next;
      found = at < text.length ? nextRow(text, at, delimiter, last, where) : undefined;
    }
    text = text.slice(at);
    if (text.length > longest || (last && text.trim() !== ""))
      throw new Error(`${where()}: expected the row to end, found none; a quote in it is never closed.`);
    read(Math.min(bytes.length, from + stretch));
    yield rows;
    await breathe();
  }
}

/**
 * A data set from a CSV, or from several such as train.csv and test.csv: a class and numbers in each row.
 *
 * Each column is standardised by the mean and the spread (standard deviation) of its training rows, so that no unit outweighs
 * another; what is tested on has no say in it. Columns that are plainly the pixels of square pictures stay bytes.
 */
import type { Dataset } from "./dataset";
import { csvRows } from "./own-csv-rows";
import { Table } from "./own-csv-table";
import { type Allowance, breathe, lastPart, namesTest, type OwnFile, type OwnOptions } from "./own-file";
import { datasetOf, stratified } from "./own-split";

/** Values looked at before a page may draw again. */
const stretch = 2 ** 21;

/** Rejects with one sentence that says which file, row and column are not as expected. */
export async function readCsv(
  files: readonly OwnFile[],
  options: OwnOptions,
  allowance: Allowance,
  name: string,
): Promise<Dataset> {
  const table = new Table(allowance);
  let firstTest: number | undefined; // the files to test on come last: the rows from this one on are theirs
  const total = files.reduce((sum, { size = 0 }) => sum + size, 0);
  const ordered = [...files].sort(
    (a, b) =>
      Number(namesTest(lastPart(a.path))) - Number(namesTest(lastPart(b.path))) ||
      a.path.localeCompare(b.path),
  );
  const isTestFile = (file: OwnFile) => files.length > 1 && namesTest(lastPart(file.path));
  let before = 0;
  for (const file of ordered) {
    const bytes = await allowance.read(file);
    if (isTestFile(file)) firstTest ??= table.count;
    let begins = true;
    for await (const rows of csvRows(bytes, file.path, (read) =>
      options.progress?.(before + read, Math.max(total, before + read)),
    ))
      for (const row of rows) {
        table.add(file.path, row, begins);
        begins = false;
      }
    before += bytes.length;
  }
  const { labels, classNames, column, inputs } = table.read(ordered[0]!.path);
  const told = firstTest;
  const isTest =
    told === undefined
      ? stratified(labels, classNames.length, options)
      : Uint8Array.from(labels, (_, row) => Number(row >= told));
  const base = { name, classNames, labels, isTest, told: told !== undefined };
  const from = `the class from ${table.called(column)}`;
  const side = await pixelSide(table, inputs);
  if (side !== undefined) {
    const copy = (row: number, target: Uint8Array | Float32Array, at: number) => {
      for (let i = 0; i < inputs.length; i++) target[at + i] = table.at(row, inputs[i]!);
    };
    const done = `${inputs.length} columns taken as ${side}×${side} pixels, ${from}`;
    return datasetOf({ ...base, done, shape: [side, side], type: "u8", copy }, allowance);
  }
  const { means, spreads } = await standards(table, inputs, isTest);
  const copy = (row: number, target: Uint8Array | Float32Array, at: number) => {
    for (let i = 0; i < inputs.length; i++)
      target[at + i] = spreads[i]! > 0 ? (table.at(row, inputs[i]!) - means[i]!) / spreads[i]! : 0;
  };
  const done = `${inputs.length} ${inputs.length === 1 ? "column" : "columns"} standardised by the training rows, ${from}`;
  return datasetOf({ ...base, done, shape: [inputs.length], type: "f32", copy }, allowance);
}

/** The side of square pictures, where there are 8×8 columns at least and all hold bytes, bright ones among them. */
async function pixelSide(table: Table, inputs: readonly number[]): Promise<number | undefined> {
  const side = Math.sqrt(inputs.length);
  if (!Number.isInteger(side) || side < 8) return undefined;
  let brightest = 0;
  for (let row = 0; row < table.count; row++) {
    for (const column of inputs) {
      const value = table.at(row, column);
      if (!Number.isInteger(value) || value < 0 || value > 255) return undefined;
      if (value > brightest) brightest = value;
    }
    if ((row * inputs.length) % stretch < inputs.length) await breathe();
  }
  return brightest > 127 ? side : undefined;
}

/** Mean and standard deviation of each column over the rows to learn from. */
async function standards(table: Table, inputs: readonly number[], isTest: Uint8Array) {
  const means = new Float64Array(inputs.length);
  const squares = new Float64Array(inputs.length);
  let seen = 0;
  for (let row = 0; row < table.count; row++) {
    if (isTest[row]) continue;
    seen++;
    // Welford 1962: no large sums whose difference would lose digits.
    for (let i = 0; i < inputs.length; i++) {
      const off = table.at(row, inputs[i]!) - means[i]!;
      means[i] = means[i]! + off / seen;
      squares[i] = squares[i]! + off * (table.at(row, inputs[i]!) - means[i]!);
    }
    if ((row * inputs.length) % stretch < inputs.length) await breathe();
  }
  return { means, spreads: squares.map((sum) => Math.sqrt(sum / Math.max(1, seen))) };
}

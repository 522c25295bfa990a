/** Text for people: tables with aligned columns, wrapped prose, numbers and times. */

/** Lines of cells, each column as wide as its widest cell. `numeric` columns are aligned to the right. */
export function table(rows: readonly (readonly string[])[], numeric: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        numeric.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  return `${rows.map(line).join("\n")}\n`;
}

/** Breaks a paragraph into lines of at most `width`; lines after the first begin with `indent` spaces. */
export function wrap(text: string, indent = 0, width = 88): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last.trim() === "") lines[lines.length - 1] = last + word;
    else if (last.length + 1 + word.length <= width - (lines.length === 1 ? indent : 0))
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(" ".repeat(indent) + word);
  }
  return lines.join("\n");
}

/** `98.31 %` */
export const percent = (share: number, digits = 2): string => `${(100 * share).toFixed(digits)} %`;

/** `12,345` */
export const grouped = (count: number): string => Math.round(count).toLocaleString("en-US");

/** `0:41`, `1:02:09` */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `1 rule`, `2 rules` */
export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

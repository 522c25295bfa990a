/** Sort table: rows that a press on a column's head puts in its order, by pointer or keyboard; on a phone each row is a card. */
import { h } from "./dom";

export interface Column<Row> {
  readonly title: string;
  /** What a cell is called on a phone; default the title. */
  readonly label?: string;
  /** In small print under the title. */
  readonly unit?: string;
  /** What it is sorted by; undefined goes last. */
  readonly value: (row: Row, index: number) => number | string | undefined;
  /** What is shown. */
  readonly cell: (row: Row, index: number) => Node | string;
  /** Aligned to the left; numbers are to the right. */
  readonly text?: boolean;
}

export interface SortTableOptions<Row> {
  /** What the table holds, for those who hear it. */
  readonly label: string;
  /** Prefix of its class names. */
  readonly name: string;
  /** The first is the row's head. */
  readonly columns: readonly Column<Row>[];
  /** Where it starts: the column's place, and whether from the largest down; default as the rows come. */
  readonly sorted?: { readonly column: number; readonly down: boolean };
  /** Attributes of a row. */
  readonly attributes?: (row: Row, index: number) => Readonly<Record<string, string | number>>;
}

export class SortTable<Row> {
  private rows: readonly Row[] = [];
  private sorted: { readonly column: number; readonly down: boolean } | undefined;
  private readonly heads: HTMLTableCellElement[];
  private readonly body: HTMLElement;

  constructor(
    host: HTMLElement,
    private readonly options: SortTableOptions<Row>,
  ) {
    this.sorted = options.sorted;
    this.heads = options.columns.map((column, index) => this.head(column, index));
    this.body = h("tbody", { role: "rowgroup" });
    host.append(
      h(
        "table",
        { class: `sort-table ${options.name}`, role: "table", "aria-label": options.label },
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...this.heads)),
        this.body,
      ),
    );
  }

  draw(rows: readonly Row[]): void {
    this.rows = rows;
    this.paint();
  }

  /** Roles are spelled out, as a phone lays the table out in blocks, which drops them. */
  private head({ title, unit, text }: Column<Row>, index: number): HTMLTableCellElement {
    const button = h("button", { type: "button" }, title, ...(unit ? [h("small", {}, unit)] : []));
    button.addEventListener("click", () => this.sort(index));
    return h("th", { scope: "col", role: "columnheader", class: text ? "is-text" : "" }, button);
  }

  private sort(column: number): void {
    const first = this.options.columns[column]!.text !== true; // numbers from the largest, names from A
    const down = this.sorted?.column === column ? !this.sorted.down : first;
    this.sorted = { column, down };
    this.paint();
  }

  private paint(): void {
    const { columns, attributes } = this.options;
    this.heads.forEach((head, index) => {
      if (this.sorted?.column !== index) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", this.sorted.down ? "descending" : "ascending");
    });
    const order = this.rows.map((_, index) => index);
    if (this.sorted) {
      const { column, down } = this.sorted;
      const values = this.rows.map((row, index) => columns[column]!.value(row, index));
      order.sort((a, b) => compare(values[a], values[b], down) || a - b);
    }
    this.body.replaceChildren(
      ...order.map((index) => {
        const row = this.rows[index]!;
        const cells = columns.map(({ title, label = title, cell, text }, place) =>
          h(
            place === 0 ? "th" : "td",
            place === 0
              ? { scope: "row", role: "rowheader", class: "is-text" }
              : { role: "cell", "data-label": label, class: text ? "is-text" : "" },
            cell(row, index),
          ),
        );
        return h("tr", { role: "row", ...attributes?.(row, index) }, ...cells);
      }),
    );
  }
}

function compare(a: number | string | undefined, b: number | string | undefined, down: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const order = typeof a === "string" || typeof b === "string" ? String(a).localeCompare(String(b)) : a - b;
  return down ? -order : order;
}

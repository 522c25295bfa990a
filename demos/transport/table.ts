/** The numbers of all three networks as they stand, one row each. */
import { h, setText } from "../../src/view/dom";
import { degrees, percent } from "../../src/view/format";
import { swatch } from "../../src/view/line-swatch";
import type { Look } from "./learner";
import { type Looks, lineOf, type Name, names } from "./networks";

const columns: readonly (readonly [title: string, value: (look: Look) => string])[] = [
  ["layer 1", ({ change }) => degrees(change[0]!)],
  ["layer 2", ({ change }) => degrees(change[1]!)],
  ["B₂", ({ feedback }) => degrees(feedback[0]!)],
  ["B₃", ({ feedback }) => degrees(feedback[1]!)],
  ["right", ({ accuracy }) => percent(accuracy)],
];

export class Table {
  private readonly cells = new Map<Name, readonly HTMLElement[]>();

  constructor(host: HTMLElement) {
    const rows = names.map((name) => {
      const { label, rule } = lineOf[name];
      const cells = columns.map(() => h("td", {}, "–"));
      this.cells.set(name, cells);
      return h("tr", {}, h("th", { scope: "row" }, swatch(rule), label), ...cells);
    });
    const head = columns.map(([title]) => h("th", { scope: "col" }, title));
    host.replaceChildren(h("thead", {}, h("tr", {}, h("td", {}), ...head)), h("tbody", {}, ...rows));
  }

  show(looks: Looks): void {
    for (const [name, cells] of this.cells)
      for (const [index, cell] of cells.entries()) setText(cell, columns[index]![1](looks[name]));
  }
}

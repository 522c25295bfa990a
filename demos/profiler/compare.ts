/** Compare: run B's kernels against run A's, each with its interval as a bar around 1. */
import { isReal, type RatioInterval } from "../../src/gpu/bootstrap";
import { h } from "../../src/view/dom";
import { SortTable } from "../../src/view/sort-table";
import { type Pair, verdictOf } from "./pairs";
import { time } from "./times";

/** Where a ratio stands on the bar: factors of two to either side of 1 reach its ends, by powers. */
const widest = 2;
const place = (ratio: number) => 50 + 50 * Math.max(-1, Math.min(1, Math.log2(ratio) / Math.log2(widest)));

const times = (ratio: number) => `${ratio.toFixed(ratio >= 10 ? 1 : 3)}`;

export const intervalText = ({ ratio, low, high }: RatioInterval): string =>
  `${times(ratio)} (${times(low)} to ${times(high)})`;

function bar(ratio: RatioInterval): HTMLElement {
  const span = h("span", { class: `profiler-interval${isReal(ratio) ? " is-real" : ""}` });
  span.style.left = `${place(ratio.low)}%`;
  span.style.width = `max(2px, ${place(ratio.high) - place(ratio.low)}%)`;
  return h(
    "span",
    { class: "profiler-intervals", "aria-hidden": true },
    h("span", { class: "profiler-one" }),
    span,
  );
}

export class Compare {
  private readonly table: SortTable<Pair>;

  constructor(host: HTMLElement) {
    this.table = new SortTable(host, {
      name: "profiler-table profiler-compare",
      label: "Each kernel in A and in B, the ratio of their times with its 95 % interval",
      columns: [
        {
          title: "Kernel",
          value: ({ name }) => name,
          cell: ({ name, where }) => h("span", {}, name, h("small", {}, where)),
          text: true,
        },
        {
          title: "A",
          unit: "a step",
          value: ({ a }) => a,
          cell: ({ a }) => (a === undefined ? "–" : time(a)),
        },
        {
          title: "B",
          unit: "a step",
          value: ({ b }) => b,
          cell: ({ b }) => (b === undefined ? "–" : time(b)),
        },
        {
          title: "B over A",
          unit: "95 % interval",
          value: ({ ratio }) => ratio?.ratio,
          cell: ({ ratio }) => (ratio ? h("span", {}, intervalText(ratio), bar(ratio)) : "–"),
        },
        { title: "So", value: verdictOf, cell: verdictOf, text: true },
      ],
      attributes: ({ name }) => ({ "data-kernel": name }),
    });
  }

  draw(pairs: readonly Pair[]): void {
    this.table.draw(pairs);
  }
}

/** The whole in a sentence. @param same whether A and B are the same plan */
export function sayWhole({ ratio }: Pair, same: boolean): string {
  if (!ratio) return "";
  const found = `A step of B takes ${intervalText(ratio)} times as long as one of A.`;
  if (!isReal(ratio))
    return `${found} The interval holds 1: ${same ? "the two are the same, and these rounds say so" : "these rounds show no difference"}.`;
  const way = ratio.high < 1 ? "faster" : "slower";
  return same
    ? `${found} The interval leaves 1 out though nothing was changed: the machine was not the same to both, or chance had it so; measure again.`
    : `${found} The interval leaves 1 out: B is ${way}, and not by chance alone.`;
}

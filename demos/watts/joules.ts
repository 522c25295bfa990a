/** Estimated joules of a whole training, a bar a rule on a logarithmic scale, and how long a brain lasts on as much. */
import { brainWatts } from "../../src/experiment/cost";
import { h } from "../../src/view/dom";
import { lookOf } from "../../src/view/palette";
import type { Row } from "../gap/rows";

/** Bars in order of accuracy, as everywhere. */
export function joulesPicture(rows: readonly Row[]): HTMLElement {
  const most = 1.3 * Math.max(...rows.map(({ joules }) => joules));
  const least = Math.min(1, ...rows.map(({ joules }) => joules)) / 2;
  const share = (joules: number) => (100 * Math.log(joules / least)) / Math.log(most / least);
  return h("ul", { class: "watts-bars" }, ...rows.map((row) => bar(row, share(row.joules))));
}

/** An estimate deserves no more. */
const twoDigits = (value: number): string => String(Number(value.toPrecision(2)));

function bar({ rule, title, joules }: Row, percent: number): HTMLElement {
  const fill = h("span", { class: "watts-bar", "aria-hidden": "true" });
  fill.style.width = `${percent}%`;
  fill.style.backgroundColor = `var(${lookOf(rule).colour})`;
  const seconds = joules / brainWatts;
  return h(
    "li",
    {},
    h("span", { class: "watts-name" }, title),
    h("span", { class: "watts-track" }, fill),
    h("span", { class: "watts-value" }, `${twoDigits(joules)} J, ${twoDigits(seconds)} s`),
  );
}

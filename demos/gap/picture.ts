/** The picture: accuracy, on a scale of errors, against how many of the three things a rule asks for. */
import { apart } from "../../src/view/apart";
import { h } from "../../src/view/dom";
import { percent } from "../../src/view/format";
import { lookOf } from "../../src/view/palette";
import { svg } from "../../src/view/svg";
import type { Row } from "./rows";

const columns = [
  { count: 3, title: "asks for all three" },
  { count: 2, title: "for two" },
  { count: 1, title: "for one" },
  { count: 0, title: "for none" },
] as const;
const accuracies = [0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.99];
const [top, bottom, left] = [14, 44, 48];

/** @param width, height in CSS pixels */
export function picture(rows: readonly Row[], width: number, height: number): HTMLElement {
  const errors = rows.map(({ accuracy }) => 1 - accuracy.mean);
  const [most, least] = [1.15 * Math.max(...errors), 0.85 * Math.min(...errors)];
  const y = (accuracy: number) =>
    top + ((height - top - bottom) * Math.log((1 - accuracy) / least)) / Math.log(most / least);
  const each = (width - left) / columns.length;
  const marks = accuracies.filter((accuracy) => 1 - accuracy < most && 1 - accuracy > least);
  const chart = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    ...marks.flatMap((mark) => [
      svg("line", { class: "gap-grid", x1: left, x2: width, y1: y(mark), y2: y(mark) }),
      svg("text", { class: "gap-tick", x: left - 8, y: y(mark) + 4, "text-anchor": "end" }, percentOf(mark)),
    ]),
    ...columns.map(({ title }, index) =>
      svg("text", { class: "gap-column", x: left + each * index + 8, y: height - 14 }, title),
    ),
  );
  const points: HTMLElement[] = [];
  for (const [index, { count }] of columns.entries()) {
    const own = rows.filter((row) => row.count === count);
    const at = own.map(({ accuracy }) => y(accuracy.mean));
    const places = apart(at, 22, top + 6, height - bottom - 6);
    const x = left + each * index + 14;
    for (const [k, row] of own.entries()) {
      const { colour } = lookOf(row.rule);
      chart.append(
        svg("line", { class: "gap-leader", x1: x, y1: at[k], x2: x + 18, y2: places[k] }),
        dot(row, x, at[k]!, `var(${colour})`),
      );
      points.push(label(row, x + 22, places[k]!, each - 24));
    }
  }
  return h("div", { class: "gap-chart" }, chart, h("div", { class: "gap-labels", role: "list" }, ...points));
}

const percentOf = (share: number): string => `${Math.round(100 * share)} %`;

/** For a phone: the columns under one another, accuracy from left to right on the same scale of errors. */
export function narrowPicture(rows: readonly Row[]): HTMLElement {
  const errors = rows.map(({ accuracy }) => 1 - accuracy.mean);
  const [most, least] = [1.15 * Math.max(...errors), 0.85 * Math.min(...errors)];
  const share = (accuracy: number) => (100 * Math.log(most / (1 - accuracy))) / Math.log(most / least);
  const item = (row: Row) => {
    const point = h("span", { class: "gap-dot gap-point", "data-rule": row.rule });
    point.style.left = `${share(row.accuracy.mean)}%`;
    point.style.backgroundColor = `var(${lookOf(row.rule).colour})`;
    const track = h("span", { class: "gap-track", "aria-hidden": "true" }, point);
    return h("li", {}, button(row, track));
  };
  const groups = columns.flatMap(({ count, title }) => {
    const own = rows.filter((row) => row.count === count);
    if (own.length === 0) return [];
    return [h("p", { class: "part-title" }, title), h("ul", { class: "gap-rows" }, ...own.map(item))];
  });
  return h("div", { class: "gap-narrow" }, ...groups);
}

/** A bar through the point says how the seeds spread, where there were several. */
function dot({ accuracy, rule }: Row, x: number, y: number, fill: string): SVGElement {
  const point = svg("circle", {
    class: "gap-point",
    cx: x,
    cy: y,
    r: accuracy.seeds > 1 ? 6 : 5,
    "data-rule": rule,
  });
  point.style.fill = fill;
  return point;
}

const button = (row: Row, ...more: HTMLElement[]): HTMLElement =>
  h(
    "button",
    { type: "button", class: "gap-label", "data-told": told(row), "data-name": row.name },
    h("span", { class: "gap-name" }, row.title),
    ...more,
    " ",
    h("span", { class: "gap-value" }, percent(row.accuracy.mean)),
  );

function label(row: Row, x: number, y: number, width: number): HTMLElement {
  const item = h("div", { role: "listitem", class: "gap-item" }, button(row));
  item.style.left = `${x}px`;
  item.style.top = `${y}px`;
  item.style.maxWidth = `${width}px`;
  return item;
}

/** One rule in a sentence or two. */
export function told({ title, accuracy, layers, epochs, demands }: Row): string {
  const needs = [
    ...(demands.transport ? ["other synapses’ weights"] : []),
    ...(demands.locking ? ["layers that wait for others"] : []),
    ...(demands.remote ? ["a value for each neuron from other layers"] : []),
  ];
  const list = needs.length === 0 ? "none of the three" : needs.join("; ");
  const spread =
    accuracy.deviation === null
      ? "one seed"
      : `± ${percent(accuracy.deviation)} over ${accuracy.seeds} seeds`;
  return `${title}: ${percent(accuracy.mean)} (${spread}), ${layers.join("-")}, ${epochs} epochs. It needs: ${list}.`;
}

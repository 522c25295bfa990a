/** Accuracy against how many labelled samples of each class a rule has seen, a line a rule. */
import { apart } from "../../src/view/apart";
import { h } from "../../src/view/dom";
import { percent } from "../../src/view/format";
import { lookOf } from "../../src/view/palette";
import { svg } from "../../src/view/svg";
import type { Row } from "../gap/rows";

const counts = [1, 10, 100] as const;
const [top, bottom, left] = [12, 52, 48];

/** @param width, height in CSS pixels */
export function fewPicture(rows: readonly Row[], width: number, height: number): HTMLElement {
  const known = rows.filter(({ few }) => few.length === counts.length && few.every(Boolean));
  const right = width < 480 ? 150 : 200;
  const x = (index: number) => left + 8 + ((width - left - right - 16) * index) / (counts.length - 1);
  const y = (share: number) => top + (height - top - bottom) * (1 - share);
  const ends = apart(
    known.map(({ few }) => y(few.at(-1)!.mean)),
    17,
    top - 4,
    height - bottom + 12,
  );
  return h(
    "div",
    { class: "watts-chart" },
    svg(
      "svg",
      { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": said(known) },
      ...[0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((mark) => [
        svg("line", { class: "watts-grid", x1: left, x2: width - right, y1: y(mark), y2: y(mark) }),
        svg(
          "text",
          { class: "watts-tick", x: left - 8, y: y(mark) + 4, "text-anchor": "end" },
          `${Math.round(100 * mark)} %`,
        ),
      ]),
      ...counts.map((count, index) =>
        svg(
          "text",
          { class: "watts-tick", x: x(index), y: height - 30, "text-anchor": "middle" },
          `${count}`,
        ),
      ),
      svg(
        "text",
        { class: "watts-tick", x: x(1), y: height - 10, "text-anchor": "middle" },
        "labelled samples of each class",
      ),
      ...known.flatMap((row, index) =>
        lineOf(row, ends[index]!, x, y, width - right, Math.floor((right - 12) / 6.3)),
      ),
    ),
  );
}

function lineOf(
  { few, rule, title }: Row,
  end: number,
  x: (index: number) => number,
  y: (share: number) => number,
  edge: number,
  letters: number,
): SVGElement[] {
  const { colour, dash } = lookOf(rule);
  const points = few.map((one, index) => `${x(index)},${y(one!.mean)}`);
  const line = svg("polyline", {
    class: "watts-line",
    points: points.join(" "),
    "stroke-dasharray": dash.join(" "),
  });
  const leader = svg("line", {
    class: "watts-grid",
    x1: x(counts.length - 1),
    y1: y(few.at(-1)!.mean),
    x2: edge + 6,
    y2: end,
  });
  const label = svg("text", { class: "watts-label", x: edge + 10, y: end + 4 }, cut(title, letters));
  line.style.stroke = `var(${colour})`;
  label.style.fill = `var(${colour})`;
  return [leader, line, label];
}

/** As much of a title as there is room for. */
const cut = (title: string, letters: number): string =>
  title.length <= letters ? title : `${title.slice(0, letters - 1).trimEnd()}…`;

const said = (rows: readonly Row[]): string =>
  `Test accuracy with 1, 10 and 100 labelled samples a class. ${rows
    .map(({ title, few }) => `${title}: ${few.map((one) => percent(one!.mean)).join(", ")}`)
    .join(". ")}.`;

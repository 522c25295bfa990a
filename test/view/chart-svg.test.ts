/** A chart as SVG: axes, units, names and values are in it, at the places that the scales give, and nothing can break out of it. */
import { expect, it } from "vitest";
import { chartSvg } from "../../src/view/chart-svg";
import type { Drawing } from "../../src/view/curves";

const drawing: Drawing = {
  options: {
    x: "samples seen by each rule",
    y: "accuracy",
    format: (value) => `${(100 * value).toFixed(1)} %`,
    tick: (value) => `${100 * value} %`,
    marks: () => [0, 0.5, 1, 2],
  },
  xs: [1000, 2000, 3000, 4000],
  range: [0, 1],
  lines: [
    { key: "a/train", colour: "--ink", dash: [], values: [0, 0.25, 0.5, 0.75], faint: true },
    {
      key: "a",
      label: 'Hebb <"&> co',
      colour: "--ink",
      dash: [9, 4],
      values: [null, 0.5, null, 1],
      band: { low: [null, 0.25, null, 0.5], high: [null, 0.75, null, 1] },
    },
  ],
};
const look = {
  width: 464,
  height: 300,
  colour: (property: string) => ({ "--ink": "#111111" })[property] ?? "#888888",
};

it("draws lines, bands, axes and names where they belong", () => {
  const svg = chartSvg("Learning: accuracy", drawing, look);
  // The area reaches from x = 64 to 264 for 0 to 4000 samples, and from y = 248 up to 48 for 0 to 1.
  expect(svg).toContain('d="M114.0 248.0L164.0 198.0L214.0 148.0L264.0 98.0"');
  expect(svg).toContain(
    'd="M164.0 148.0L264.0 48.0" fill="none" stroke="#111111" stroke-width="2" stroke-dasharray="9 4"',
  );
  expect(svg).toContain(
    'd="M164.0 198.0L264.0 148.0L264.0 48.0L164.0 98.0Z" fill="#111111" fill-opacity="0.2"',
  );
  for (const word of [
    "Learning: accuracy",
    "samples seen by each rule",
    ">accuracy<",
    ">50 %<",
    ">4,000<",
    ">100.0 %<",
  ])
    expect(svg).toContain(word);
  expect(svg).not.toContain(">200 %<"); // a mark outside the range
  expect(svg).toContain("Hebb &#60;&#34;&#38;&#62; co");
  expect(svg).not.toContain('<"');
});

it("puts powers of ten at equal distances where the axis is logarithmic, and keeps to the axis", () => {
  const options = { ...drawing.options, log: true, marks: () => [0.01, 0.1, 1] };
  const lines = [{ key: "b", label: "b", colour: "--ink", dash: [], values: [0.1, 1, 0.0001, 0.01] }];
  const svg = chartSvg("Loss", { ...drawing, options, lines, range: [0.01, 1] }, look);
  expect(svg).toContain('d="M114.0 148.0L164.0 48.0L214.0 248.0L264.0 248.0"');
});

it("is a chart also before anything was learned", () => {
  expect(chartSvg("Nothing yet", { ...drawing, xs: [], lines: [] }, look)).toMatch(/^<svg [\s\S]*<\/svg>$/);
});

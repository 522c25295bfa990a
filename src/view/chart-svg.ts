/**
 * A chart as an SVG that stands by itself: axes with their units, lines with their names at their ends, bands of spread. It is
 * drawn from the chart's data, not from its pixels, so it prints sharp and can be edited.
 */
import type { Line } from "./chart";
import type { Drawing } from "./curves";
import { spread } from "./line-labels";

export interface SvgLook {
  readonly width: number;
  readonly height: number;
  /** The present value of a CSS custom property. */
  colour(property: string): string;
}

const margin = { left: 64, right: 200, top: 48, bottom: 52 };
const font = 'font-family="system-ui, sans-serif"';

/** @param title stands above the picture, and is what it is called */
export function chartSvg(title: string, { options, xs, lines, range }: Drawing, look: SvgLook): string {
  const { width, height, colour } = look;
  const area = { right: width - margin.right, bottom: height - margin.bottom };
  const last = xs.at(-1) ?? 1;
  const scaled = (value: number) => (options.log ? Math.log10(value) : value);
  const [low, high] = range.map(scaled) as [number, number];
  const x = (value: number) => margin.left + ((area.right - margin.left) * value) / last;
  const clamped = (value: number) => Math.min(high, Math.max(low, scaled(value)));
  const y = (value: number) =>
    area.bottom - ((area.bottom - margin.top) * (clamped(value) - low)) / (high - low);
  const muted = colour("--muted");
  const text = (at: string, content: string, more = "") =>
    `<text ${at} ${font} font-size="13" fill="${muted}" ${more}>${escaped(content)}</text>`;
  const tick = options.tick ?? options.format;
  const rows = options
    .marks(...range)
    .filter((mark) => mark >= range[0] && mark <= range[1])
    .map(
      (mark) =>
        `<line x1="${margin.left}" x2="${area.right}" y1="${fixed(y(mark))}" y2="${fixed(y(mark))}" stroke="${colour("--grid")}"/>` +
        text(`x="${margin.left - 8}" y="${fixed(y(mark) + 4)}"`, tick(mark), 'text-anchor="end"'),
    );
  const columns = ticksTo(last).map(
    (value) =>
      `<line x1="${fixed(x(value))}" x2="${fixed(x(value))}" y1="${margin.top}" y2="${area.bottom}" stroke="${colour("--grid")}"/>` +
      text(
        `x="${fixed(x(value))}" y="${area.bottom + 20}"`,
        value.toLocaleString("en"),
        'text-anchor="middle"',
      ),
  );
  const path = (values: Line["values"]) => pathOf(points(values, xs, x, y));
  const drawn = lines.map(({ values, dash, faint, band, colour: property }) => {
    const stroke = colour(property);
    const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.join(" ")}"` : "";
    const around = band && areaOf(points(band.low, xs, x, y), points(band.high, xs, x, y));
    return (
      (around ? `<path d="${around}" fill="${stroke}" fill-opacity="0.2"/>` : "") +
      `<path d="${path(values)}" fill="none" stroke="${stroke}" stroke-width="${faint ? 1 : 2}"${faint ? ' stroke-opacity="0.35"' : ""}${dashes} stroke-linejoin="round"/>`
    );
  });
  const labels = labelsOf(lines, y, { top: margin.top, bottom: area.bottom }).map(
    ({ line, value, top }) =>
      `<text x="${area.right + 8}" y="${fixed(top + 14)}" ${font} font-size="13" fill="${colour(line.colour)}"><tspan font-weight="650">${escaped(options.format(value))}</tspan> ${escaped(line.label!)}</text>`,
  );
  const middle = (margin.top + area.bottom) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colour("--paper")}"/>`,
    `<text x="${margin.left}" y="28" ${font} font-size="16" font-weight="600" fill="${colour("--ink")}">${escaped(title)}</text>`,
    ...rows,
    ...columns,
    ...drawn,
    ...labels,
    text(
      `x="${fixed((margin.left + area.right) / 2)}" y="${height - 12}"`,
      options.x ?? "",
      'text-anchor="middle"',
    ),
    text(`transform="translate(16 ${fixed(middle)}) rotate(-90)"`, options.y, 'text-anchor="middle"'),
    "</svg>",
  ].join("\n");
}

type Point = readonly [x: string, y: string];

/** Where a line passes; places without a value are passed over, as on the page. */
function points(
  values: readonly (number | null)[],
  xs: readonly number[],
  x: (value: number) => number,
  y: (value: number) => number,
): Point[] {
  return values.flatMap((value, index) =>
    value == null ? [] : [[fixed(x(xs[index]!)), fixed(y(value))] as const],
  );
}

const pathOf = (all: readonly Point[]): string =>
  all.length > 0 ? `M${all.map((point) => point.join(" ")).join("L")}` : "";

const areaOf = (low: readonly Point[], high: readonly Point[]): string | undefined =>
  low.length > 1 ? `${pathOf([...low, ...[...high].reverse()])}Z` : undefined;

/** The newest value of each line that has a name, moved apart. */
function labelsOf(
  lines: readonly Line[],
  y: (value: number) => number,
  area: { top: number; bottom: number },
) {
  const placed = lines.flatMap((line) => {
    const value = line.label === undefined ? null : line.values.findLast((one) => one != null);
    return value == null ? [] : [{ line, value, height: 18, top: y(value) - 9 }];
  });
  spread(placed, area.top - 9, area.bottom + 9);
  return placed;
}

/** Round numbers from 0, five or so of them. */
function ticksTo(last: number): number[] {
  const rough = last / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
}

const fixed = (value: number): string => value.toFixed(1);

const escaped = (content: string): string =>
  content.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

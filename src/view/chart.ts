/** LineChart: curves with axes and units, and a label at the end of each line in place of a legend. */
import uPlot from "uplot";
import { chartAxis, chartFont } from "./chart-axis";
import { type ChartMark, drawMark } from "./chart-mark";
import { LineLabels } from "./line-labels";
import { colour, onColoursChange } from "./palette";

export interface Line {
  /** Tells lines apart between drawings. */
  readonly key: string;
  /** What stands at its end; none for a line that only accompanies another. */
  readonly label?: string;
  /** A CSS custom property. */
  readonly colour: string;
  readonly dash: readonly number[];
  /** One for each x; null where there is none. */
  readonly values: readonly (number | null)[];
  /** Thin and pale, behind the ones that count; a number says how strong, from 0 to 1. */
  readonly faint?: boolean | number;
  /** A pale band around it, from the lowest to the highest of what it is the mean of. */
  readonly band?: Band;
}

/** One low and one high for each x; null where there is none. */
export interface Band {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

export interface ChartOptions {
  /** None where the chart below has the same axis. */
  readonly x?: string;
  readonly y: string;
  /** How a value is written on the axis and at a line's end. */
  readonly format: (value: number) => string;
  readonly tick?: (value: number) => string;
  readonly log?: boolean;
  /** A line of no more values than this has a dot at each; 1, where nothing is told, shows a value that is no line yet. */
  readonly mostDots?: number;
  /** Where the axis has its marks, from the range that it shows. */
  readonly marks: (from: number, to: number) => readonly number[];
  /** A moment that everything shown has in common. */
  readonly mark?: ChartMark;
}

const labelWidth = (width: number) => Math.min(172, Math.max(122, Math.round(0.29 * width)));

export class LineChart {
  private plot: uPlot | undefined;
  private keys = "";
  private range: readonly [number, number] = [0, 1];
  private size = { width: 0, height: 0 };
  private lines: readonly Line[] = [];
  private xs: readonly number[] = [];
  private readonly labels: LineLabels;

  constructor(
    private readonly host: HTMLElement,
    private readonly options: ChartOptions,
  ) {
    this.labels = new LineLabels(host);
    new ResizeObserver(([entry]) => this.resize(entry!.contentRect)).observe(host);
    onColoursChange(() => this.plot?.redraw(false));
  }

  /** @param range of the y axis */
  draw(xs: readonly number[], lines: readonly Line[], range: readonly [number, number]): void {
    this.lines = lines;
    this.xs = xs;
    this.range = range;
    const keys = lines
      .map(({ key, values, band }) => `${key} ${this.dotted(values)} ${Boolean(band)}`)
      .join();
    if (!this.plot || keys !== this.keys) this.make();
    else this.plot.setData(this.data());
    this.keys = keys;
  }

  private data(): uPlot.AlignedData {
    const column = (values: Line["values"]) => Array.from(this.xs, (_, index) => values[index] ?? null);
    const edges = this.banded.flatMap(({ band }) => [band!.low, band!.high]);
    return [[...this.xs], ...[...this.lines.map(({ values }) => values), ...edges].map(column)];
  }

  private get banded(): readonly Line[] {
    return this.lines.filter(({ band }) => band);
  }

  private resize({ width, height }: DOMRectReadOnly): void {
    if (width === this.size.width && height === this.size.height) return;
    this.size = { width, height };
    if (this.keys) this.make();
  }

  private make(): void {
    this.plot?.destroy();
    this.plot = undefined;
    if (this.size.width === 0) return;
    const { x, y, format, tick = format, log = false, marks, mark } = this.options;
    this.plot = new uPlot(
      {
        ...this.size,
        padding: [12, labelWidth(this.size.width), 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
        scales: {
          x: { time: false, range: (_, __, last) => [0, last || 1] },
          y: { distr: log ? 3 : 1, range: () => [...this.range] as [number, number] },
        },
        axes: [
          {
            ...chartAxis,
            ...(x !== undefined && { label: x }),
            size: 30,
            space: 70,
            values: (_, splits) => splits.map(thousands),
          },
          {
            ...chartAxis,
            label: y,
            size: 46,
            space: 32,
            values: (_, splits) => splits.map((value) => (value === null ? "" : tick(value))),
            splits: () =>
              marks(...this.range).filter((mark) => mark >= this.range[0] && mark <= this.range[1]),
            filter: (_, splits) => splits,
          },
        ],
        series: [
          {},
          ...this.lines.map((line) => this.series(line)),
          ...this.banded.flatMap(() => [edge, edge]),
        ],
        bands: this.banded.map((line, index) => {
          const low = 1 + this.lines.length + 2 * index;
          return { series: [low + 1, low], fill: () => pale(colour(line.colour)) };
        }),
        hooks: {
          ...(mark && { drawAxes: [(plot) => drawMark(plot, mark, chartFont)] }),
          draw: [(plot) => this.label(plot)],
          setCursor: [(plot) => this.label(plot)],
        },
      },
      this.data(),
      this.host,
    );
  }

  private series(line: Line): uPlot.Series {
    return {
      stroke: () => colour(line.colour),
      width: line.faint ? 1 : 2,
      alpha: typeof line.faint === "number" ? line.faint : line.faint ? 0.35 : 1,
      dash: [...line.dash],
      spanGaps: true,
      points: {
        show: !line.faint && this.dotted(line.values),
        size: 6,
        fill: () => colour(line.colour),
        stroke: () => colour(line.colour),
      },
    };
  }

  private dotted(values: readonly (number | null)[]): boolean {
    return (
      values.reduce<number>((sum, value) => sum + Number(value !== null), 0) <= (this.options.mostDots ?? 1)
    );
  }

  /** Writes each line's newest value at its end, or the values under the pointer. */
  private label(plot: uPlot): void {
    const pointed = plot.cursor.idx;
    const { left, top, width, height } = plot.bbox;
    const ratio = devicePixelRatio;
    this.labels.place(
      this.lines.flatMap(({ key, label, colour: property, values }) => {
        if (label === undefined) return [];
        const end = values.findLastIndex((value) => value !== null && value !== undefined);
        const at =
          pointed == null ? end : values.findLastIndex((value, index) => index <= pointed && value != null);
        const value = values[at];
        if (value == null) return [];
        return [
          {
            key,
            label,
            value: this.options.format(value),
            colour: property,
            y: plot.valToPos(value, "y") + top / ratio,
          },
        ];
      }),
      {
        left: (left + width) / ratio + 8,
        top: top / ratio - 8,
        bottom: (top + height) / ratio + 8,
        width: labelWidth(this.size.width) - 8,
      },
    );
  }
}

/** The edge of a band: only what lies between two of them is drawn. */
const edge: uPlot.Series = { stroke: "transparent", width: 0, spanGaps: true, points: { show: false } };

/** A colour of the palette, #rrggbb, for areas that lie behind lines. */
const pale = (rgb: string): string => `${rgb}33`;

/** 12 000 as 12k: samples come in thousands. */
function thousands(value: number | null): string {
  if (value === null) return "";
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))}k` : String(value);
}

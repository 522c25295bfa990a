/**
 * Strips: several panels, one below the other, on one time axis. A pointer on one of them is shown on all, and the labels at
 * the lines' ends then tell the values of that moment. Spikes are strokes at the head of a panel; what happened at a moment
 * is an upright line through all of them.
 */
import uPlot from "uplot";
import { chartAxis } from "./chart-axis";
import { LineLabels } from "./line-labels";
import { colour, onColoursChange } from "./palette";
import { roundMarks } from "./round-marks";
import { drawStrokes, type Moments } from "./strip-strokes";

export interface StripLine {
  readonly label: string;
  /** A CSS custom property. */
  readonly colour: string;
  readonly dash?: readonly number[];
  /** Holds its value until the next, as what only events change. */
  readonly stepped?: boolean;
}

export interface Strip {
  readonly y: string;
  readonly lines: readonly StripLine[];
  /** How a value is written at a line's end, and on the axis unless `tick` says how there. */
  readonly format: (value: number) => string;
  readonly tick?: (value: number) => string;
  /** Where the axis has its marks, from the range that it shows; default some round ones. */
  readonly marks?: (from: number, to: number) => readonly number[];
}

export interface StripData {
  readonly range: readonly [number, number];
  /** Of each line, one value for each x. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Spikes: one row of strokes a train. */
  readonly spikes?: readonly Moments[];
}

export interface StripsData {
  readonly xs: readonly number[];
  readonly span: readonly [number, number];
  readonly strips: readonly StripData[];
  readonly moments?: readonly Moments[];
}

const labelWidth = (width: number) => Math.min(150, Math.max(104, Math.round(0.24 * width)));
let groups = 0;

interface Panel {
  readonly host: HTMLElement;
  readonly strip: Strip;
  readonly last: boolean;
  readonly labels: LineLabels;
  width: number;
  plot?: uPlot;
}

export class Strips {
  private readonly panels: readonly Panel[];
  private gone = false;
  private readonly sync = `strips ${groups++}`;
  private data: StripsData | undefined;

  /**
   * @param hosts one element a panel, from the top; their heights are the page's own
   * @param options.x the axis's title, under the last panel
   * @param options.tick how a time is written there
   */
  constructor(
    hosts: readonly HTMLElement[],
    strips: readonly Strip[],
    private readonly options: { readonly x: string; readonly tick: (value: number) => string },
  ) {
    this.panels = hosts.map((host, index) => ({
      host,
      strip: strips[index]!,
      last: index === hosts.length - 1,
      labels: new LineLabels(host),
      width: 0,
    }));
    for (const panel of this.panels)
      new ResizeObserver(([entry]) => {
        if (entry!.contentRect.width === panel.width) return;
        panel.width = entry!.contentRect.width;
        this.make(panel);
      }).observe(panel.host);
    onColoursChange(() => {
      if (!this.gone) for (const { plot } of this.panels) plot?.redraw(false);
    });
  }

  draw(data: StripsData): void {
    this.data = data;
    for (const panel of this.panels)
      if (panel.plot) panel.plot.setData(this.columns(panel));
      else this.make(panel);
  }

  /** Takes the panels off the page; their hosts stay. */
  destroy(): void {
    this.gone = true;
    for (const { plot } of this.panels) plot?.destroy();
  }

  private own(panel: Panel): StripData {
    return this.data!.strips[this.panels.indexOf(panel)]!;
  }

  private columns(panel: Panel): uPlot.AlignedData {
    const values = this.own(panel).values.map((line) => [...line]);
    return [[...this.data!.xs], ...values] as uPlot.AlignedData;
  }

  private make(panel: Panel): void {
    panel.plot?.destroy();
    delete panel.plot;
    if (this.gone || panel.width === 0 || !this.data) return;
    const { strip, last } = panel;
    panel.plot = new uPlot(
      {
        width: panel.width,
        height: panel.host.clientHeight,
        padding: [8, labelWidth(panel.width), last ? 0 : 4, 0],
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: false, y: false },
          points: { show: false },
          sync: { key: this.sync },
        },
        scales: {
          x: { time: false, range: () => [...this.data!.span] as [number, number] },
          y: { range: () => [...this.own(panel).range] as [number, number] },
        },
        axes: [
          {
            ...chartAxis,
            ...(last && { label: this.options.x }),
            size: last ? 28 : 0,
            space: 64,
            values: (_, splits) => splits.map((value) => (last ? this.options.tick(value) : "")),
          },
          {
            ...chartAxis,
            label: strip.y,
            size: 44,
            values: (_, splits) => splits.map(strip.tick ?? strip.format),
            splits: () => [...(strip.marks ?? roundMarks)(...this.own(panel).range)],
            filter: (_, splits) => splits,
          },
        ],
        series: [{}, ...strip.lines.map(seriesOf)],
        hooks: {
          drawAxes: [(plot) => drawStrokes(plot, this.data!.moments ?? [], this.own(panel).spikes ?? [])],
          draw: [(plot) => this.label(panel, plot)],
          setCursor: [(plot) => this.label(panel, plot)],
        },
      },
      this.columns(panel),
      panel.host,
    );
  }

  /** Writes each line's newest value at its end, or the values under the pointer. */
  private label(panel: Panel, plot: uPlot): void {
    const { values } = this.own(panel);
    const pointed = plot.cursor.idx;
    const { left, top, width, height } = plot.bbox;
    const ratio = devicePixelRatio;
    const labels = panel.strip.lines.flatMap(({ label, colour: property }, index) => {
      const line = values[index]!;
      const value =
        pointed == null
          ? line.findLast((one) => one != null)
          : line.findLast((one, k) => k <= pointed && one != null);
      if (value == null) return [];
      const y = plot.valToPos(value, "y") + top / ratio;
      return [{ key: label, label, value: panel.strip.format(value), colour: property, y }];
    });
    panel.labels.place(labels, {
      left: (left + width) / ratio + 8,
      top: top / ratio - 8,
      bottom: (top + height) / ratio + (panel.last ? 8 : 2),
      width: labelWidth(panel.width) - 8,
    });
  }
}

function seriesOf({ colour: property, dash = [], stepped = false }: StripLine): uPlot.Series {
  return {
    stroke: () => colour(property),
    width: 2,
    dash: [...dash],
    points: { show: false },
    ...(stepped && { paths: uPlot.paths.stepped!({ align: 1 }) }),
  };
}

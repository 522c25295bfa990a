/** The learning window: the formula as a line, what was measured as points on it, and the pair that is looked at. */
import uPlot from "uplot";
import { chartAxis } from "../../src/view/chart-axis";
import { byId } from "../../src/view/dom";
import { colour, onColoursChange } from "../../src/view/palette";
import { longest } from "./dish";

export interface WindowPoint {
  /** ms, post after pre. */
  readonly lag: number;
  /** mV. */
  readonly change: number;
}

const purple = "--family-hebbian";
const marks = [-40, -20, 0, 20, 40];

export class WindowChart {
  private readonly host = byId("stdp-window");
  private plot: uPlot | undefined;
  private data: uPlot.AlignedData = [[0], [null], [null], [null], [null]];
  private extent = 0.06;

  constructor() {
    new ResizeObserver(([entry]) => this.make(entry!.contentRect.width)).observe(this.host);
    onColoursChange(() => this.plot?.redraw(false));
  }

  /** @param formula by lag, ascending @param measured so far @param looked the pair that is looked at */
  draw(
    formula: readonly WindowPoint[],
    measured: readonly WindowPoint[],
    looked: WindowPoint | undefined,
  ): void {
    const xs = [...new Set([...formula, ...measured, ...(looked ? [looked] : [])].map(({ lag }) => lag))];
    xs.sort((a, b) => a - b);
    const column = (points: readonly WindowPoint[], hole: null | undefined) => {
      const byLag = new Map(points.map(({ lag, change }) => [lag, change]));
      return xs.map((lag) => byLag.get(lag) ?? hole);
    };
    // Two lines: it jumps where the order of the spikes turns.
    const before = column(
      formula.filter(({ lag }) => lag < 0),
      undefined,
    );
    const after = column(
      formula.filter(({ lag }) => lag >= 0),
      undefined,
    );
    this.data = [
      xs,
      before,
      after,
      column(measured, null),
      column(looked ? [looked] : [], null),
    ] as uPlot.AlignedData;
    const most = Math.max(...[...formula, ...measured].map(({ change }) => Math.abs(change)));
    this.extent = Math.max(1e-4, 1.15 * most);
    this.plot?.setData(this.data);
  }

  private make(width: number): void {
    if (width === 0 || this.plot?.width === width) return;
    this.plot?.destroy();
    const points = (property: string, size: number): uPlot.Series => ({
      stroke: () => colour(property),
      width: 0,
      paths: () => null,
      points: { show: true, size, width: 2, stroke: () => colour(property), fill: () => colour("--paper") },
    });
    const line: uPlot.Series = { stroke: () => colour(purple), width: 2, points: { show: false } };
    this.plot = new uPlot(
      {
        width,
        height: this.host.clientHeight,
        padding: [8, 12, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false, range: () => [-longest - 2, longest + 2] },
          y: { range: () => [-this.extent, this.extent] },
        },
        axes: [
          {
            ...chartAxis,
            label: "Δt: post neuron’s spike less pre neuron’s (ms)",
            size: 30,
            splits: () => marks,
            values: (_, splits) => splits.map(minus),
          },
          {
            ...chartAxis,
            label: "change of the weight (mV)",
            size: 58,
            values: (_, splits) => splits.map(minus),
          },
        ],
        series: [{}, line, line, points(purple, 7), points("--ink", 13)],
        hooks: { drawAxes: [zeroLines] },
      },
      this.data,
      this.host,
    );
  }
}

const minus = (value: number) => String(Number(value.toPrecision(6))).replace("-", "\u2212");

/** No change, and both at once. */
function zeroLines(plot: uPlot): void {
  const { ctx: pen, bbox } = plot;
  const x = Math.round(plot.valToPos(0, "x", true)) + 0.5;
  const y = Math.round(plot.valToPos(0, "y", true)) + 0.5;
  pen.save();
  pen.strokeStyle = colour("--muted");
  pen.lineWidth = devicePixelRatio;
  pen.beginPath();
  pen.moveTo(x, bbox.top);
  pen.lineTo(x, bbox.top + bbox.height);
  pen.moveTo(bbox.left, y);
  pen.lineTo(bbox.left + bbox.width, y);
  pen.stroke();
  pen.restore();
}

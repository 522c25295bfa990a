/** A moment marked across a chart: a broken upright line, and a word at its head. */
import type uPlot from "uplot";
import { colour } from "./palette";

export interface ChartMark {
  /** On the x axis. */
  readonly at: number;
  readonly text: string;
}

/** Draws it beneath the lines, on uPlot's canvas, in its pixels. */
export function drawMark(plot: uPlot, { at, text }: ChartMark, font: string): void {
  const { ctx: pen, bbox } = plot;
  const ratio = devicePixelRatio;
  const x = Math.round(plot.valToPos(at, "x", true)) + 0.5;
  pen.save();
  pen.strokeStyle = pen.fillStyle = colour("--muted");
  pen.lineWidth = ratio;
  pen.setLineDash([4 * ratio, 3 * ratio]);
  pen.beginPath();
  pen.moveTo(x, bbox.top);
  pen.lineTo(x, bbox.top + bbox.height);
  pen.stroke();
  pen.font = font.replace(/^\d+/, (size) => `${Number(size) * ratio}`);
  pen.textAlign = "left";
  pen.textBaseline = "top";
  pen.fillText(text, x + 5 * ratio, bbox.top + 2 * ratio);
  pen.restore();
}

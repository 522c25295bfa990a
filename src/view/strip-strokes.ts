/** Moments on a panel of a time axis: lines from edge to edge, and spikes as short strokes at its head, a row a train. */
import type uPlot from "uplot";
import { colour } from "./palette";

/** Moments of one kind. */
export interface Moments {
  readonly at: readonly number[];
  readonly colour: string;
  readonly dash?: readonly number[];
}

/** A stroke's height, and from one row of them to the next, in CSS pixels. */
const [stroke, row] = [9, 12];

/** Draws them beneath the lines, on uPlot's canvas, in its pixels. */
export function drawStrokes(plot: uPlot, moments: readonly Moments[], spikes: readonly Moments[]): void {
  const { ctx: pen, bbox, scales } = plot;
  const { min = 0, max = 0 } = scales.x!;
  const ratio = devicePixelRatio;
  const upright = ({ at, colour: property, dash = [] }: Moments, top: number, height: number) => {
    pen.strokeStyle = colour(property);
    pen.setLineDash(dash.map((length) => length * ratio));
    pen.beginPath();
    for (const moment of at) {
      if (moment < min || moment > max) continue;
      const x = Math.round(plot.valToPos(moment, "x", true)) + 0.5;
      pen.moveTo(x, top);
      pen.lineTo(x, top + height);
    }
    pen.stroke();
  };
  pen.save();
  pen.lineWidth = ratio;
  for (const one of moments) upright(one, bbox.top, bbox.height);
  pen.lineWidth = 2 * ratio;
  for (const [index, train] of spikes.entries())
    upright(train, bbox.top + index * row * ratio, stroke * ratio);
  pen.restore();
}

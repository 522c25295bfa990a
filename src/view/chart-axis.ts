/** What the axes of all charts look like: muted words, a light grid, no ticks. */
import type uPlot from "uplot";
import { colour } from "./palette";

/** Of words on a canvas, in charts and in pictures drawn by hand. */
export const chartFont = '12px system-ui, "Segoe UI", Roboto, sans-serif';

/** The look of an axis, to which a chart adds what it measures. Colours are read anew at each drawing. */
export const chartAxis: uPlot.Axis = {
  stroke: () => colour("--muted"),
  font: chartFont,
  labelFont: chartFont,
  labelSize: 18,
  grid: { stroke: () => colour("--grid"), width: 1 },
  ticks: { show: false },
};

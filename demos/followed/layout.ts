/** Where the neurons stand, in CSS pixels: the input at the bottom, the output at the top, whatever the width. */
import { layers } from "./learner";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Of a neuron. */
  readonly radius: number;
  /** By layer from the input, and neuron. */
  readonly neurons: readonly (readonly Point[])[];
  /** Whether there is room for the layers' names at the left. */
  readonly roomy: boolean;
}

export const height = 452;
/** From the middle of the outer rows to the edges. */
const margin = 34;

export function layoutOf(width: number): Layout {
  const roomy = width >= 520;
  const radius = roomy ? 24 : 21;
  const left = roomy ? 72 : 0;
  const side = radius + 2;
  /** A neuron's name stands at its right. */
  const right = width - side - 20;
  const widest = Math.max(...layers);
  const gap = (right - left - side) / (widest - 1);
  const rows = layers.length - 1;
  const neurons = layers.map((size, layer) => {
    const y = height - margin - (layer * (height - 2 * margin)) / rows;
    // Small layers stand wider apart, so that edges cross at a good angle and can be told apart.
    const own = size === widest ? gap : Math.min(1.5 * gap, ((widest - 1) * gap) / (size - 0.4));
    const middle = (left + side + right) / 2;
    return Array.from({ length: size }, (_, neuron) => ({ x: middle + (neuron - (size - 1) / 2) * own, y }));
  });
  return { width, height, radius, neurons, roomy };
}

export const between = (from: Point, to: Point, share: number): Point => ({
  x: from.x + share * (to.x - from.x),
  y: from.y + share * (to.y - from.y),
});

/** How far a point is from the line between two others. */
export function distanceTo(at: Point, from: Point, to: Point): number {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const along = ((at.x - from.x) * x + (at.y - from.y) * y) / (x * x + y * y);
  const foot = between(from, to, Math.min(1, Math.max(0, along)));
  return Math.hypot(at.x - foot.x, at.y - foot.y);
}

/** The corners of a band around a line, so far on either side, as SVG's `points`. */
export function bandAround(from: Point, to: Point, side: number): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [x, y] = [(-side * (to.y - from.y)) / length, (side * (to.x - from.x)) / length];
  const corners = [
    [from.x + x, from.y + y],
    [to.x + x, to.y + y],
    [to.x - x, to.y - y],
    [from.x - x, from.y - y],
  ];
  return corners.map((corner) => corner.map((value) => value.toFixed(1)).join()).join(" ");
}

/**
 * Roofline geometry: arithmetic intensity against speed, both by powers of ten (Williams, Waterman & Patterson 2009). Below
 * the ridge memory binds: speed = bandwidth · intensity; above it arithmetic does.
 */

export interface Roofs {
  /** GB/s. */
  readonly copy: number;
  /** GFLOP/s of chained multiply-adds. */
  readonly fma: number;
  /** GFLOP/s of the engine's own large product, where it was measured. */
  readonly product: number | undefined;
}

export interface RooflinePoint {
  /** FLOP for each byte. */
  readonly intensity: number;
  readonly gflops: number;
}

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

type Range = readonly [from: number, to: number];

export interface Scale {
  readonly xRange: Range;
  readonly yRange: Range;
  readonly x: (intensity: number) => number;
  readonly y: (gflops: number) => number;
}

/** Of a roof over arithmetic at `gflops`: the intensity from which on memory no longer binds. */
export const ridge = (gflops: number, { copy }: Pick<Roofs, "copy">): number => gflops / copy;

/** The fastest that some work can be, GFLOP/s. */
export const attainable = (intensity: number, gflops: number, { copy }: Pick<Roofs, "copy">): number =>
  Math.min(gflops, copy * intensity);

/** Whole powers of ten around some values, at least two of them apart. */
function decades(values: readonly number[]): Range {
  const logs = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const [low, high] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))];
  return [10 ** low, 10 ** Math.max(high, low + 2)];
}

/** Scales that show all points, and the ridge of every roof. */
export function scaleOf(points: readonly RooflinePoint[], roofs: Roofs, area: Area): Scale {
  const tops = [roofs.fma, ...(roofs.product === undefined ? [] : [roofs.product])];
  const xRange = decades([
    ...points.map(({ intensity }) => intensity),
    ...tops.map((top) => 2 * ridge(top, roofs)),
  ]);
  const yRange = decades([...points.map(({ gflops }) => gflops), ...tops.map((top) => 1.2 * top)]);
  const along =
    ([from, to]: Range, start: number, end: number) =>
    (value: number) =>
      start + ((Math.log10(value) - Math.log10(from)) / (Math.log10(to) - Math.log10(from))) * (end - start);
  return {
    xRange,
    yRange,
    x: along(xRange, area.left, area.right),
    y: along(yRange, area.bottom, area.top),
  };
}

/** The powers of ten of a range, both ends with them. */
export function powers([from, to]: Range): number[] {
  const [low, high] = [Math.round(Math.log10(from)), Math.round(Math.log10(to))];
  return Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
}

/** A roof as corners in the units of the axes: up along the memory's slope, then level; cut where it leaves the picture. */
export function roofLine(
  gflops: number,
  roofs: Pick<Roofs, "copy">,
  { xRange, yRange }: Scale,
): RooflinePoint[] {
  const [from, to] = xRange;
  const start = Math.max(from, yRange[0] / roofs.copy);
  const corner = ridge(gflops, roofs);
  const at = (intensity: number) => ({ intensity, gflops: attainable(intensity, gflops, roofs) });
  return [start, ...(corner > start && corner < to ? [corner] : []), to].map(at);
}

export interface LabelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedLabel extends LabelBox {
  /** Whether it is so far from its point that a line should lead there. */
  readonly apart: boolean;
}

/** How far from its point a label may be, px: rather near. */
const gaps = [9, 24, 42, 64];

/**
 * Where labels go beside their points: right, left, above or below, the first place that is free of others and inside, near
 * ones first; none where there is no room. Those that come first have the choice.
 */
export function placeLabels(
  points: readonly { readonly x: number; readonly y: number; readonly width: number }[],
  area: Area,
  height = 14,
): (PlacedLabel | undefined)[] {
  const taken: LabelBox[] = points.map(({ x, y }) => ({ x: x - 6, y: y - 6, width: 12, height: 12 }));
  return points.map(({ x, y, width }) => {
    const aslant = (gap: number) => 0.7 * gap;
    const places = gaps.flatMap((gap) => [
      { gap, x: x + gap, y: y - height / 2 },
      { gap, x: x - gap - width, y: y - height / 2 },
      { gap, x: x - width / 2, y: y - gap - height },
      { gap, x: x - width / 2, y: y + gap },
      { gap, x: x + aslant(gap), y: y - height - aslant(gap) },
      { gap, x: x + aslant(gap), y: y + aslant(gap) },
      { gap, x: x - aslant(gap) - width, y: y - height - aslant(gap) },
      { gap, x: x - aslant(gap) - width, y: y + aslant(gap) },
    ]);
    const free = places
      .map(({ gap, ...place }) => ({ ...place, width, height, apart: gap > gaps[0]! }))
      .find((box) => isInside(box, area) && !taken.some((other) => overlap(box, other)));
    if (free) taken.push(free);
    return free;
  });
}

const isInside = ({ x, y, width, height }: LabelBox, { left, top, right, bottom }: Area) =>
  x >= left && y >= top && x + width <= right && y + height <= bottom;

const overlap = (a: LabelBox, b: LabelBox) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

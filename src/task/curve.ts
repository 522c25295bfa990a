/**
 * A smooth curve through given points, as short straight pieces: the uniform Catmull-Rom spline (Catmull &
 * Rom 1974), whose direction at a point is that from its predecessor to its successor.
 */
import type { Run } from "./glyphs";

/** One coordinate between b and c, at t in [0, 1]. */
function between(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** Points [x, y, x, y, …] along the run, `pieces` to each pair of its points; ends are straightened. */
export function flatten(points: Run, pieces: number): number[] {
  const [first, last] = [points[0]!, points.at(-1)!];
  const path = [first[0], first[1]];
  for (let i = 0; i + 1 < points.length; i++) {
    const [b, c] = [points[i]!, points[i + 1]!];
    const a = points[i - 1] ?? first;
    const d = points[i + 2] ?? last;
    for (let piece = 1; piece <= pieces; piece++) {
      const t = piece / pieces;
      path.push(between(a[0], b[0], c[0], d[0], t), between(a[1], b[1], c[1], d[1], t));
    }
  }
  return path;
}

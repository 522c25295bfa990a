/** Points in a square around a line that nobody shows the neuron; they are seeded, so a cloud can come again. */
import { streamOf } from "../../src/gpu/random";
import { drawsOf } from "../../src/task/draws";

export const kinds = {
  wide: { title: "A wide gap", gap: 0.25 },
  narrow: { title: "A narrow gap", gap: 0.07 },
  mixed: { title: "One on the wrong side", gap: 0.25 },
} as const;
export type Kind = keyof typeof kinds;

export interface Cloud {
  /** Each [x, y] within −1 to 1. */
  readonly points: readonly (readonly [number, number])[];
  readonly labels: readonly number[];
  /** Novikoff's (R/γ)² by the line that the points were drawn around; none where no line separates them. */
  readonly bound: number | undefined;
}

const count = 60;

export function drawCloud(kind: Kind, seed: number): Cloud {
  const draws = drawsOf(seed, streamOf("perceptron/cloud"), 0);
  const angle = draws.between(0, 2 * Math.PI);
  const teacher = [Math.cos(angle), Math.sin(angle), draws.between(-0.35, 0.35)] as const;
  const side = ([x, y]: readonly [number, number]) => teacher[0] * x + teacher[1] * y + teacher[2];
  const points: [number, number][] = [];
  while (points.length < count) {
    const point: [number, number] = [draws.between(-1, 1), draws.between(-1, 1)];
    if (Math.abs(side(point)) > kinds[kind].gap / 2) points.push(point);
  }
  const labels = points.map((point) => Number(side(point) > 0));
  if (kind === "mixed") {
    // The one farthest from the line, so that no other line can put things right.
    const depths = points.map((point) => Math.abs(side(point)));
    const deepest = depths.indexOf(Math.max(...depths));
    labels[deepest] = 1 - labels[deepest]!;
    return { points, labels, bound: undefined };
  }
  const radius = Math.max(...points.map(([x, y]) => Math.hypot(x, y, 1)));
  const margin = Math.min(...points.map((point) => Math.abs(side(point)))) / Math.hypot(...teacher);
  return { points, labels, bound: (radius / margin) ** 2 };
}

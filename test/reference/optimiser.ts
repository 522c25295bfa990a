/** What is done with a direction. Every step returns the new weights and changes `state` in place. */
import type { Numbers } from "./dense";

export interface Settings {
  readonly rate: number;
  readonly decay: number;
  readonly momentum: number;
  readonly variance: number;
  readonly epsilon: number;
  /** Steps over which the rate falls in a straight line to zero; 0 keeps it. */
  readonly anneal?: number;
}

export type OptimiserName = "sgd" | "momentum" | "adam";

/** The numbers as f32 holds them, which is how a GPU gets them. */
export const asSingle = (settings: Settings): Settings => ({
  rate: Math.fround(settings.rate),
  decay: Math.fround(settings.decay),
  momentum: Math.fround(settings.momentum),
  variance: Math.fround(settings.variance),
  epsilon: Math.fround(settings.epsilon),
  anneal: Math.fround(settings.anneal ?? 0),
});

/** Arrays of the weight's size that an optimiser remembers. */
export const stateCount: Readonly<Record<OptimiserName, number>> = { sgd: 0, momentum: 1, adam: 2 };

/** @param t which step it is, counted from 1 */
export function learn(
  name: OptimiserName,
  w: Numbers,
  g: Numbers,
  state: Float64Array,
  s: Settings,
  t: number,
): Float64Array {
  const rate = s.anneal ? s.rate * Math.max(0, 1 - (t - 1) / s.anneal) : s.rate;
  return Float64Array.from({ length: w.length }, (_, i) => {
    if (name === "sgd") return w[i]! - rate * (g[i]! + s.decay * w[i]!);
    if (name === "momentum") {
      state[i] = s.momentum * state[i]! + g[i]! + s.decay * w[i]!;
      return w[i]! - rate * state[i]!;
    }
    const second = w.length + i;
    state[i] = s.momentum * state[i]! + (1 - s.momentum) * g[i]!;
    state[second] = s.variance * state[second]! + (1 - s.variance) * g[i]! ** 2;
    const mean = state[i]! / (1 - s.momentum ** t);
    const square = state[second]! / (1 - s.variance ** t);
    return w[i]! - rate * (mean / (Math.sqrt(square) + s.epsilon) + s.decay * w[i]!); // decoupled
  });
}

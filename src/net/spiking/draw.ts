/** Draws: what the host needs to know of a distribution, and values that it draws itself. */
import { keyOf, pcg, streamOf } from "../../gpu/random";
import type { Draw } from "./model";

/** Names of shaders/spiking/connect.wgsl. */
const kinds = { constant: 0, uniform: 1, normal: 2, lognormal: 3 } as const;

/** The farthest that a normal number from 24 bits can lie from its mean, in standard deviations: √(2 ln 2²⁴). */
const farthest = Math.sqrt(2 * Math.log(2 ** 24));

export interface DrawNumbers {
  readonly kind: number;
  readonly first: number;
  readonly second: number;
  readonly low: number;
  readonly high: number;
}

/** A distribution as its kind and four numbers, each times `unit`; given values are no distribution. */
export function numbersOf(draw: Exclude<Draw, { values: ArrayLike<number> }>, unit = 1): DrawNumbers {
  if (typeof draw === "number")
    return { kind: kinds.constant, first: draw * unit, second: 0, low: draw * unit, high: draw * unit };
  if ("uniform" in draw) {
    const [low, high] = draw.uniform;
    return {
      kind: kinds.uniform,
      first: low * unit,
      second: high * unit,
      low: low * unit,
      high: high * unit,
    };
  }
  if ("normal" in draw) {
    const [mean, deviation] = draw.normal;
    const low = Math.max(draw.min ?? Number.NEGATIVE_INFINITY, mean - farthest * Math.abs(deviation));
    const high = Math.min(draw.max ?? Number.POSITIVE_INFINITY, mean + farthest * Math.abs(deviation));
    return {
      kind: kinds.normal,
      first: mean * unit,
      second: deviation * unit,
      low: Math.min(low, high) * unit,
      high: Math.max(low, high) * unit,
    };
  }
  // The logarithm is drawn, so its numbers take no unit; a unit adds its own logarithm.
  const [mean, deviation] = draw.lognormal;
  const reach = farthest * Math.abs(deviation);
  return {
    kind: kinds.lognormal,
    first: mean + Math.log(unit),
    second: deviation,
    low: Math.max(draw.min ?? 0, Math.exp(mean - reach)) * unit,
    high: Math.min(draw.max ?? Number.POSITIVE_INFINITY, Math.exp(mean + reach)) * unit,
  };
}

/** Values for the state of `count` neurons, drawn on the host in float64; a stream depends on its name alone. */
export function drawValues(draw: Draw, count: number, seed: number, stream: string): Float64Array {
  const values = new Float64Array(count);
  if (typeof draw === "number") return values.fill(draw);
  if ("values" in draw) return values.map((_, index) => draw.values[index]!);
  const { kind, first, second, low, high } = numbersOf(draw);
  const key = keyOf(seed, streamOf(stream));
  for (let index = 0; index < count; index++) {
    const bits = pcg(index ^ key);
    const u = (bits >>> 8) * 2 ** -24;
    if (kind === kinds.uniform) {
      values[index] = first + u * (second - first);
      continue;
    }
    const radius = Math.sqrt(-2 * Math.log(u + 2 ** -24));
    const normal =
      first + second * radius * Math.cos(2 * Math.PI * ((pcg((bits ^ key) >>> 0) >>> 8) * 2 ** -24));
    values[index] = Math.min(high, Math.max(low, kind === kinds.lognormal ? Math.exp(normal) : normal));
  }
  return values;
}

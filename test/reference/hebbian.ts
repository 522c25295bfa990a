/** What Hebb and his heirs do to one layer's weights w [pre, post], in float64: the mean change over a batch, sample by sample. */
import type { Numbers } from "./dense";

export interface Layer {
  readonly pre: number;
  readonly post: number;
  readonly batch: number;
  readonly x: Numbers;
  readonly w: Numbers;
}

/** What a sample does to the synapse from i to j, given its input and all drives of the layer. */
type Change = (i: number, j: number, x: Float64Array, u: Float64Array, s: number) => number;

/** u_j = Σ_i x_i w_ij of one sample. */
function drives({ pre, post, w }: Layer, x: Float64Array): Float64Array {
  const u = new Float64Array(post);
  for (let i = 0; i < pre; i++) for (let j = 0; j < post; j++) u[j]! += x[i]! * w[i * post + j]!;
  return u;
}

function meanChange(layer: Layer, change: Change, unit = false): Float64Array {
  const { pre, post, batch } = layer;
  const mean = new Float64Array(pre * post);
  for (let s = 0; s < batch; s++) {
    const x = Float64Array.from({ length: pre }, (_, i) => layer.x[s * pre + i]!);
    const length = Math.hypot(...x) + 1e-6;
    if (unit) for (let i = 0; i < pre; i++) x[i]! /= length;
    const u = drives(layer, x);
    for (let i = 0; i < pre; i++)
      for (let j = 0; j < post; j++) mean[i * post + j]! += change(i, j, x, u, s) / batch;
  }
  return mean;
}

export const hebb = (layer: Layer) => meanChange(layer, (i, j, x, u) => u[j]! * x[i]!);

export const oja = (layer: Layer) =>
  meanChange(layer, (i, j, x, u) => u[j]! * (x[i]! - u[j]! * layer.w[i * layer.post + j]!));

export const sanger = (layer: Layer) =>
  meanChange(layer, (i, j, x, u) => {
    let explained = 0;
    for (let k = 0; k <= j; k++) explained += layer.w[i * layer.post + k]! * u[k]!;
    return u[j]! * (x[i]! - explained);
  });

/** Each neuron's mean square of max(u, 0). */
export function meanSquare(layer: Layer): Float64Array {
  const { pre, post, batch, x } = layer;
  const mean = new Float64Array(post);
  for (let s = 0; s < batch; s++) {
    const u = drives(
      layer,
      Float64Array.from({ length: pre }, (_, i) => x[s * pre + i]!),
    );
    for (let j = 0; j < post; j++) mean[j]! += Math.max(u[j]!, 0) ** 2 / batch;
  }
  return mean;
}

/** @param threshold θ of each neuron, as the sliding mean has it with this batch in */
export const bcm = (layer: Layer, threshold: Numbers) =>
  meanChange(layer, (i, j, x, u) => {
    const y = Math.max(u[j]!, 0);
    return y * (y - threshold[j]!) * x[i]!;
  });

/** Neurons of a sample from the most driven to the least; of equals the earlier is first. */
const order = (u: Float64Array) => [...u.keys()].sort((a, b) => u[b]! - u[a]! || a - b);

/** On inputs of length 1: the winner by 1, the one at place k by −Δ; divided by the largest magnitude. */
export function krotovHopfield(layer: Layer, k: number, inhibition: number, radius: number): Float64Array {
  const change = meanChange(
    layer,
    (i, j, x, u) => {
      const places = order(u);
      const g = j === places[0] ? 1 : j === places[k - 1] ? -inhibition : 0;
      return g * (radius * x[i]! - (u[j]! / radius) * layer.w[i * layer.post + j]!);
    },
    true,
  );
  const largest = change.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return change.map((value) => value / largest);
}

/** On inputs of length 1: every neuron by its share of the softmax of u / (R τ), the losers' times `losers`. */
export const softHebb = (layer: Layer, temperature: number, losers: number, radius: number) =>
  meanChange(
    layer,
    (i, j, x, u) => {
      const powers = u.map((value) => Math.exp(value / (radius * temperature)));
      const share = powers[j]! / powers.reduce((sum, value) => sum + value, 0);
      const g = j === order(u)[0] ? share : losers * share;
      return g * (radius * x[i]! - (u[j]! / radius) * layer.w[i * layer.post + j]!);
    },
    true,
  );

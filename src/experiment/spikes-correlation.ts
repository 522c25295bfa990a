/**
 * Pairwise correlation: how far pairs of neurons fire together, as Pearson's coefficient of their spike counts in bins
 * (de la Rocha et al. 2007). Bins in which both are silent are most, so only those with spikes are visited.
 */
import { hash, streamOf } from "../gpu/random";
import { binning, type Spikes } from "./spikes";

export interface Correlation {
  /** Over all pairs of the sampled neurons whose counts vary; undefined where there is no pair. */
  readonly mean: number | undefined;
  /** The spread over the pairs (divided by their number). */
  readonly deviation: number | undefined;
  readonly pairs: number;
  /** How many of the sampled neurons' counts vary: the silent ones have no coefficient. */
  readonly neurons: number;
}

/** `count` of `size` numbers, ascending; each choice as likely as another (Fisher & Yates), the same for the same seed. */
export function sampleNeurons(size: number, count: number, seed: number): Uint32Array {
  const stream = streamOf("correlation");
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  const chosen = Math.min(count, size);
  for (let i = 0; i < chosen; i++) {
    const other = i + Math.floor((hash(seed, stream, i) / 2 ** 32) * (size - i));
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order.slice(0, chosen).sort();
}

/** bins² times the covariance of the chosen neurons' counts, i ≤ j. Sums are of whole numbers, so exact. */
function covariances(spikes: Spikes, chosen: Uint32Array, binMs: number): (i: number, j: number) => number {
  const { width, bins } = binning(spikes, binMs);
  const n = chosen.length;
  const place = new Map([...chosen].map((neuron, i) => [neuron, i]));
  const sum = new Float64Array(n);
  const product = new Float64Array(n * n);
  const counts = new Uint32Array(n);
  let active: number[] = [];
  const close = () => {
    active.sort((a, b) => a - b);
    for (const [k, i] of active.entries()) {
      sum[i]! += counts[i]!;
      for (const j of active.slice(k)) product[i * n + j]! += counts[i]! * counts[j]!;
    }
    for (const i of active) counts[i] = 0;
    active = [];
  };
  let bin = 0;
  for (let k = 0; k < spikes.times.length; k++) {
    const now = Math.floor(spikes.times[k]! / width);
    if (now >= bins) break;
    if (now !== bin) {
      close();
      bin = now;
    }
    const i = place.get(spikes.neurons[k]!);
    if (i !== undefined && counts[i]!++ === 0) active.push(i);
  }
  close();
  return (i, j) => bins * product[i * n + j]! - sum[i]! * sum[j]!;
}

/** Pearson's coefficient for each pair of these rows: (0, 1), (0, 2), …, (1, 2), … */
function pearson(covariance: (i: number, j: number) => number, rows: Uint32Array): Float64Array {
  const n = rows.length;
  const result = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (const [k, i] of rows.entries())
    for (const j of rows.subarray(k + 1))
      result[at++] = covariance(i, j) / Math.sqrt(covariance(i, i) * covariance(j, j)); // 0 / 0 where one is silent
  return result;
}

const rowsOf = (chosen: Uint32Array) => Uint32Array.from(chosen.keys());

/**
 * The coefficient for each pair of `chosen` neurons, [n (n − 1) / 2], the upper triangle by rows; NaN where a neuron's
 * count is the same in all bins.
 */
export function correlations(spikes: Spikes, chosen: Uint32Array, binMs = 2): Float64Array {
  return pearson(covariances(spikes, chosen, binMs), rowsOf(chosen));
}

/**
 * The mean correlation over the pairs of a sample.
 * @param options `bin` in ms, default 2; `sample` neurons drawn by `seed`, default 200 and 1
 */
export function meanCorrelation(
  spikes: Spikes,
  size: number,
  { bin = 2, sample = 200, seed = 1 }: { bin?: number; sample?: number; seed?: number } = {},
): Correlation {
  const chosen = sampleNeurons(size, sample, seed);
  const covariance = covariances(spikes, chosen, bin);
  const varying = rowsOf(chosen).filter((i) => covariance(i, i) > 0);
  const values = pearson(covariance, varying);
  const [pairs, neurons] = [values.length, varying.length];
  if (pairs === 0) return { mean: undefined, deviation: undefined, pairs, neurons };
  const mean = values.reduce((sum, value) => sum + value, 0) / pairs;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pairs;
  return { mean, deviation: Math.sqrt(variance), pairs, neurons };
}

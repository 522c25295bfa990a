/** Data whose principal components are known beforehand, and what is asked of weights that should find them. */
import { uniform } from "./random";

export interface KnownData {
  /** [2 n, n]: ±√(n λ_i) q_i, so that the mean is 0 and the covariance Σ λ_i q_i q_iᵀ, exactly. */
  readonly x: Float32Array;
  /** q_i, orthonormal. */
  readonly vectors: readonly Float64Array[];
}

/** Samples whose principal components are known beforehand: a reflection's columns, with the eigenvalues told. */
export function knownCovariance(eigenvalues: readonly number[], seed: number): KnownData {
  const n = eigenvalues.length;
  const v = uniform(n, seed);
  const square = v.reduce((sum, value) => sum + value * value, 0);
  const vectors = eigenvalues.map((_, k) =>
    Float64Array.from({ length: n }, (_, i) => Number(i === k) - (2 * v[i]! * v[k]!) / square),
  );
  const x = new Float32Array(2 * n * n);
  vectors.forEach((q, k) => {
    q.forEach((value, i) => {
      x[2 * k * n + i] = Math.sqrt(n * eigenvalues[k]!) * value;
      x[(2 * k + 1) * n + i] = -x[2 * k * n + i]!;
    });
  });
  return { x, vectors };
}

/** The weights into each neuron, from a field [pre + 1, post]. */
export function columns(field: ArrayLike<number>, pre: number, post: number): Float64Array[] {
  return Array.from({ length: post }, (_, j) =>
    Float64Array.from({ length: pre }, (_, i) => field[i * post + j]!),
  );
}

export const length = (v: Float64Array) => Math.hypot(...v);

export const cosine = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0) / (length(a) * length(b));

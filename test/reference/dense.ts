/** The three products of a dense projection, as plain loops. Arrays are row-major; a weight is [pre + 1, post], biases last. */
import { type ActivationName, activate, slope } from "./activation";

export type Numbers = ArrayLike<number>;

/** Samples, pre and post neurons. */
export interface Shape {
  readonly batch: number;
  readonly pre: number;
  readonly post: number;
}

/** f(W·x + b): [batch, pre] to [batch, post]. */
export function project(
  x: Numbers,
  w: Numbers,
  { batch, pre, post }: Shape,
  f: ActivationName,
  bias = true,
): Float64Array {
  const y = new Float64Array(batch * post);
  for (let s = 0; s < batch; s++)
    for (let j = 0; j < post; j++) {
      let z = bias ? w[pre * post + j]! : 0;
      for (let i = 0; i < pre; i++) z += x[s * pre + i]! * w[i * post + j]!;
      y[s * post + j] = activate[f](z);
    }
  return y;
}

/** f′ · (Wᵀ·e): [batch, post] to [batch, pre]; f′ is the slope of the pre population at its activity. */
export function transport(
  e: Numbers,
  w: Numbers,
  activity: Numbers,
  { batch, pre, post }: Shape,
  f: ActivationName,
): Float64Array {
  const d = new Float64Array(batch * pre);
  for (let s = 0; s < batch; s++)
    for (let i = 0; i < pre; i++) {
      let sum = 0;
      for (let j = 0; j < post; j++) sum += e[s * post + j]! * w[i * post + j]!;
      d[s * pre + i] = slope[f](activity[s * pre + i]!) * sum;
    }
  return d;
}

/** Mean over the batch of x ⊗ e, the bias's x being 1: [pre + 1, post]. */
export function correlate(x: Numbers, e: Numbers, { batch, pre, post }: Shape): Float64Array {
  const g = new Float64Array((pre + 1) * post);
  for (let s = 0; s < batch; s++)
    for (let i = 0; i <= pre; i++) {
      const own = i < pre ? x[s * pre + i]! : 1;
      for (let j = 0; j < post; j++) g[i * post + j]! += (own * e[s * post + j]!) / batch;
    }
  return g;
}

/** Rows: synapses in order of their pre neuron, from counts of the GPU or from a list. */

import { drawValues } from "./draw";
import type { PlacedProjection } from "./layout";

/** Where each row starts, the end of the last behind them, and the most synapses onto one neuron. */
export function startsOf(
  { row, spec }: PlacedProjection,
  counts: Uint32Array,
): { starts: Uint32Array; fanIn: number } {
  const { connect } = spec;
  const starts = new Uint32Array(row.preSize + 1);
  let fanIn = 0;
  if (connect.kind === "list") {
    const onto = new Uint32Array(row.postSize);
    for (let k = 0; k < connect.pre.length; k++) {
      starts[connect.pre[k]! + 1]!++;
      fanIn = Math.max(fanIn, ++onto[connect.post[k]!]!);
    }
  } else {
    starts.set(counts.subarray(row.rowCounts, row.rowCounts + row.preSize), 1);
    for (let post = 0; post < row.postSize; post++) fanIn = Math.max(fanIn, counts[row.fanIn + post]!);
  }
  let total = 0;
  for (let pre = 1; pre <= row.preSize; pre++) {
    total += starts[pre]!;
    if (total >= 2 ** 32)
      throw new Error(
        `Projection from "${spec.pre}" to "${spec.post}" has more than 2³² synapses, but rows count in 32 bits; split it.`,
      );
    starts[pre] = total;
  }
  return { starts, fanIn };
}

/** A list's synapses in the order of rows (pre neuron, delay, post neuron; equals as given), as kernels keep them. */
export interface Listed {
  /** Which of the list comes where. */
  readonly order: Uint32Array;
  /** Post neuron | delay << 24. */
  readonly words: Uint32Array;
  readonly weights: Float32Array;
}

export function listedSynapses({ spec, name, row }: PlacedProjection, dt: number, seed: number): Listed {
  const { connect, delay = 0, weight } = spec;
  if (connect.kind !== "list") throw new Error(`Projection "${name}" is no list.`);
  const { pre, post } = connect;
  const count = pre.length;
  const clip = (steps: number) => Math.min(row.delayHigh, Math.max(row.delayLow, steps));
  const delays = drawValues(delay, count, seed, `${name}/delay`).map((ms) => clip(Math.round(ms / dt)));
  const weights = drawValues(weight, count, seed, `${name}/weight`);
  const order = Uint32Array.from({ length: count }, (_, k) => k).sort(
    (a, b) => pre[a]! - pre[b]! || delays[a]! - delays[b]! || post[a]! - post[b]! || a - b,
  );
  return {
    order,
    words: order.map((k) => (post[k]! | (delays[k]! << 24)) >>> 0),
    weights: Float32Array.from(order, (k) => weights[k]!),
  };
}

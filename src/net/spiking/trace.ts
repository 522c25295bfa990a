/** Traces: what the kernels are told of the values that neurons keep for plastic synapses (shaders/spiking/trace.wgsl). */

import type { PlacedPopulation, PlacedProjection } from "./layout";
import type { Trace, Values } from "./model";
import { filled } from "./spec";

/** Numbers of one trace, and what stands where among them. */
export const traceNumbers = 8;
export const traceWords = {
  ...{ decay: 0, kind: 1, variable: 2, from: 3, peak: 4, through: 5, above: 6, list: 7 },
} as const;
/** A spike sets the trace to 1 or adds 1; or it follows a variable, which a spike may replace for its step. */
export const traceKinds = { set: 0, add: 1, follow: 2, followOrSpike: 3 } as const;

/** A trace that starts where the state variable does that it follows. */
export interface Followed {
  readonly population: number;
  readonly variable: number;
  /** What the variable is measured from on the GPU. */
  readonly from: number;
  readonly rings: number;
}

/** What is left of a trace after a time in ms; of a variable that isn't filtered, nothing. */
export function decayOf({ tau }: Trace, params: Values, ms: number): number {
  return tau === undefined ? 0 : Math.exp(-ms / params[tau]!);
}

/** The traces that a projection has its pre and post neurons keep, each as `traceNumbers` numbers. */
export function traceNumbersOf(
  { spec, row }: PlacedProjection,
  populations: readonly PlacedPopulation[],
  dt: number,
): Record<"pre" | "post", number[][]> {
  const { model, params = {} } = spec.plasticity!;
  const values = filled(model.params, params, model.name);
  const numbers = (side: "pre" | "post", name: string, trace: Trace) => {
    const all = new Array<number>(traceNumbers).fill(0);
    all[traceWords.decay] = decayOf(trace, values, dt);
    all[traceWords.kind] = "jump" in trace ? traceKinds[trace.jump] : traceKinds.follow;
    if ("of" in trace) {
      const { model: neuron, params: given = {} } = populations[row[side]]!.spec;
      const from = neuron.state[trace.of]!.from;
      const start = from === undefined ? 0 : (given[from] ?? neuron.params[from]!.default);
      all[traceWords.variable] = Object.keys(neuron.state).indexOf(trace.of);
      all[traceWords.from] = typeof start === "number" ? start : start[0]!;
      if (trace.spike !== undefined) {
        all[traceWords.kind] = traceKinds.followOrSpike;
        all[traceWords.peak] = values[trace.spike.peak]!;
        all[traceWords.through] = decayOf(trace, values, values[trace.spike.width]!);
      }
    }
    if (side === "post" && model.when?.trace === name) all[traceWords.above] = values[model.when.above]!;
    return all;
  };
  const side = (which: "pre" | "post") =>
    Object.entries(model.traces[which]).map(([name, trace]) => numbers(which, name, trace));
  return { pre: side("pre"), post: side("post") };
}

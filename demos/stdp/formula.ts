/** What a rule says of given spikes, in float64 and from its equations alone: the curve that the measured points should lie on. */
import type { SpikeTrace, Trace } from "../../src/net/spiking/model";
import { bounds, type PagedRule } from "./rules";

/** A trace from the spikes before (or, `with`, also at) a time: the sum of what each left, or the newest one's alone. */
export function traceAt(
  spikes: readonly number[],
  time: number,
  tau: number,
  jump: SpikeTrace["jump"],
  also = false,
): number {
  const heard = spikes.filter((spike) => spike < time || (also && spike === time));
  if (jump === "set") return heard.length === 0 ? 0 : Math.exp(-(time - Math.max(...heard)) / tau);
  return heard.reduce((sum, spike) => sum + Math.exp(-(time - spike) / tau), 0);
}

/** All traces of one side of a rule at a time. */
export function tracesAt(
  { params }: Pick<PagedRule, "params">,
  traces: Readonly<Record<string, Trace>>,
  spikes: readonly number[],
  time: number,
  also = false,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(traces).flatMap(([name, trace]) =>
      "jump" in trace ? [[name, traceAt(spikes, time, params[trace.tau]!, trace.jump, also)]] : [],
    ),
  );
}

/**
 * The weight after all spikes. Where both neurons fire at one time, the pre neuron's spike arrives first.
 * @param pre ms @param post ms
 */
export function weightAfter(
  rule: PagedRule,
  weight: number,
  pre: readonly number[],
  post: readonly number[],
): number {
  const events = [
    ...pre.map((time) => ({ time, change: rule.arrive, order: 0 })),
    ...post.map((time) => ({ time, change: rule.fire, order: 1 })),
  ].sort((a, b) => a.time - b.time || a.order - b.order);
  let w = weight;
  for (const { time, change, order } of events) {
    // The pre neuron's own spike of this moment is seen by a post spike, which comes second.
    const traces = {
      ...tracesAt(rule, rule.model.traces.pre, pre, time, order === 1),
      ...tracesAt(rule, rule.model.traces.post, post, time),
    };
    w = Math.min(bounds.max, Math.max(bounds.min, w + change(w, traces, rule.params)));
  }
  return w;
}

/** Times of one train, ms. */
export const train = (first: number, every: number, spikes: number): number[] =>
  Array.from({ length: spikes }, (_, k) => first + k * every);

/** When both neurons fire for a lag of post after pre, from 0 on. */
export function spikesFor(lag: number, every: number, spikes: number): { pre: number[]; post: number[] } {
  return { pre: train(Math.max(0, -lag), every, spikes), post: train(Math.max(0, lag), every, spikes) };
}

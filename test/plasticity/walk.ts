/** A synapse in float64, step by step: traces as the types' head comment defines them, and a rule written out by a test. */
import type { Case } from "./pairing";

type Traces = Record<string, number>;

export interface Walk {
  readonly dt: number;
  readonly steps: number;
  /** Time constants in ms. */
  readonly pre: Traces;
  readonly post: Traces;
  readonly jump: "add" | "set";
  readonly arrive: (weight: number, pre: Traces, post: Traces) => number;
  readonly fire: (weight: number, pre: Traces, post: Traces) => number;
  readonly min: number;
  readonly max: number;
}

/** The weight at the end. An arrival comes before the post neuron's spike of the same step. */
export function walk({ pre, post, delay = 0, weight = 0.5 }: Case, rule: Walk): number {
  const [before, after]: [Traces, Traces] = [{}, {}];
  for (const name of Object.keys(rule.pre)) before[name] = 0;
  for (const name of Object.keys(rule.post)) after[name] = 0;
  const jump = (traces: Traces) => {
    for (const name of Object.keys(traces)) traces[name] = 1 + (rule.jump === "add" ? traces[name]! : 0);
  };
  const bounded = (value: number) => Math.min(rule.max, Math.max(rule.min, value));
  let w = weight;
  for (let step = 0; step < rule.steps; step++) {
    for (const [name, tau] of Object.entries(rule.pre)) before[name]! *= Math.exp(-rule.dt / tau);
    for (const [name, tau] of Object.entries(rule.post)) after[name]! *= Math.exp(-rule.dt / tau);
    if (pre.includes(step - delay)) {
      w = bounded(rule.arrive(w, before, after));
      jump(before);
    }
    if (post.includes(step)) {
      w = bounded(rule.fire(w, before, after));
      jump(after);
    }
  }
  return w;
}

/** Equilibrium propagation in float64: states of every sample as plain loops (Scellier & Bengio 2017), and the loss by differences. */
import { correlate, type Numbers, project, transport } from "./dense";
import { hash } from "./random";

export interface Hopfield {
  readonly layers: readonly number[];
  readonly batch: number;
  /** By projection: [pre + 1, post], biases last. */
  readonly weights: readonly Float64Array[];
  /** What comes down goes through these instead, where there are any: in the weights' layout. */
  readonly descents?: readonly Float64Array[];
}

export type Nudging = "positive" | "symmetric" | "random-sign";

/** By layer from 1 on: [batch, size]. */
export type States = readonly Float64Array[];

const clamp = (u: number) => Math.min(1, Math.max(0, u));

const shape = ({ layers, batch }: Hopfield, l: number) => ({ batch, pre: layers[l - 1]!, post: layers[l]! });

/** What drives every neuron from below, by layer from 1 on. */
function drives(net: Hopfield, inputs: Numbers, states: States): Float64Array[] {
  return states.map((_, at) =>
    project(at === 0 ? inputs : states[at - 1]!, net.weights[at]!, shape(net, at + 1), "identity"),
  );
}

/** −∂E/∂u of every neuron, and the nudge's pull on the output: β of each sample times what it lacks. */
export function forces(
  net: Hopfield,
  inputs: Numbers,
  states: States,
  target: Numbers,
  beta: Numbers,
): Float64Array[] {
  const last = states.length - 1;
  const descents = net.descents ?? net.weights;
  return drives(net, inputs, states).map((drive, at) => {
    const u = states[at]!;
    const size = net.layers[at + 1]!;
    const down =
      at < last
        ? transport(states[at + 1]!, descents[at + 1]!, u, shape(net, at + 2), "identity")
        : undefined;
    return drive.map((z, i) => {
      const pulled = down ? down[i]! : beta[Math.floor(i / size)]! * (target[i]! - u[i]!);
      return z + pulled - u[i]!;
    });
  });
}

/** All neurons at once, `steps` times. */
export function settle(
  net: Hopfield,
  inputs: Numbers,
  start: States,
  target: Numbers,
  beta: Numbers,
  pace: number,
  steps: number,
): States {
  let states = start;
  for (let t = 0; t < steps; t++) {
    const force = forces(net, inputs, states, target, beta);
    states = states.map((u, at) => u.map((value, i) => clamp(value + pace * force[at]![i]!)));
  }
  return states;
}

/** Where the input alone leads in one pass. */
export function feedForward(net: Hopfield, inputs: Numbers): States {
  const states: Float64Array[] = [];
  net.weights.forEach((w, at) => {
    states.push(project(at === 0 ? inputs : states[at - 1]!, w, shape(net, at + 1), "hard-sigmoid"));
  });
  return states;
}

/** E = ½ Σ u² − Σ W u u − Σ b u, its mean over the batch. */
export function energy(net: Hopfield, inputs: Numbers, states: States): number {
  const up = drives(net, inputs, states);
  let sum = 0;
  states.forEach((u, at) => {
    u.forEach((value, i) => {
      sum += value * (value / 2 - up[at]![i]!);
    });
  });
  return sum / net.batch;
}

/** The mean over batch and neurons of |∂E/∂u|, where a neuron at its bound is not pushed further out. */
export function distance(
  net: Hopfield,
  inputs: Numbers,
  states: States,
  target: Numbers,
  beta: Numbers,
): number {
  let [sum, count] = [0, 0];
  forces(net, inputs, states, target, beta).forEach((force, at) => {
    force.forEach((f, i) => {
      const u = states[at]![i]!;
      if (!((u <= 0 && f < 0) || (u >= 1 && f > 0))) sum += Math.abs(f);
    });
    count += force.length;
  });
  return sum / count;
}

export function oneHot(labels: Numbers, classes: number): Float64Array {
  const target = new Float64Array(labels.length * classes);
  for (let s = 0; s < labels.length; s++) target[s * classes + labels[s]!] = 1;
  return target;
}

/** The mean over the batch of ½ |u − t|² at the output. */
export function lossAt({ batch }: Hopfield, states: States, target: Numbers): number {
  let sum = 0;
  states.at(-1)!.forEach((u, i) => {
    sum += (u - target[i]!) ** 2 / 2;
  });
  return sum / batch;
}

/** The nudges of each sample's two copies. */
export function nudges(
  nudging: Nudging,
  beta: number,
  batch: number,
  seed = 1,
  clock = 0,
): [Float64Array, Float64Array] {
  const sign = (s: number) =>
    nudging === "random-sign" && hash(BigInt(seed), BigInt(clock), BigInt(s)) >> 31n === 0n ? -1 : 1;
  return [
    new Float64Array(batch).fill(nudging === "symmetric" ? -beta : 0),
    Float64Array.from({ length: batch }, (_, s) => sign(s) * beta),
  ];
}

/** What the synapses descend: the contrast of the two copies' correlations over the difference of their nudges. */
export function contrast(
  net: Hopfield,
  inputs: Numbers,
  free: States,
  target: Numbers,
  [first, second]: readonly [Numbers, Numbers],
  pace: number,
  steps: number,
): Float64Array[] {
  const copies = [first, second].map((beta) => settle(net, inputs, free, target, beta, pace, steps));
  const scaled = (states: States, sign: number, at: number) =>
    states[at]!.map((u, i) => {
      const s = Math.floor(i / net.layers[at + 1]!);
      return (sign * u) / (second[s]! - first[s]!);
    });
  return net.weights.map((_, at) => {
    const [a, b] = copies.map((states, copy) =>
      correlate(
        at === 0 ? inputs : states[at - 1]!,
        scaled(states, copy === 0 ? 1 : -1, at),
        shape(net, at + 1),
      ),
    );
    return a!.map((value, i) => value + b![i]!);
  });
}

/** The gradient of a function of the weights, by central differences. */
export function byDifferences(
  weights: readonly Float64Array[],
  loss: () => number,
  h = 1e-5,
): Float64Array[] {
  return weights.map((w) =>
    w.map((value, i) => {
      w[i] = value + h;
      const above = loss();
      w[i] = value - h;
      const below = loss();
      w[i] = value;
      return (above - below) / (2 * h);
    }),
  );
}

/**
 * Backprop through the last `steps` of a free phase that had already come to rest: the gradient of the loss with respect
 * to the weights of those steps alone, by differences.
 */
export function throughTime(
  net: Hopfield,
  inputs: Numbers,
  rest: States,
  target: Numbers,
  pace: number,
  steps: number,
): Float64Array[] {
  const none = new Float64Array(net.batch);
  return byDifferences(net.weights, () =>
    lossAt(net, settle(net, inputs, rest, target, none, pace, steps), target),
  );
}

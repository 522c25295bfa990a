/**
 * A spiking network as a plain loop over neurons and listed synapses, in float64. One step: what has arrived is added to the
 * ports; every neuron advances and may fire; spikes that left `delay` steps ago arrive, each leaving its synapse's weight for
 * the next step and then depressing it; then the synapses onto neurons that fired are potentiated. So a spike of step s moves
 * its target in step s + 1 + delay, and where arrival and post spike fall in one step the arrival comes first.
 */
import type { Neuron } from "./neuron";

/** Pair STDP: at an arrival w −= minus · x_post, at a post spike w += plus · x_pre, kept in [min, max]. */
export interface PairStdp {
  readonly plus: number;
  readonly minus: number;
  readonly tauPlus: number;
  readonly tauMinus: number;
  readonly min: number;
  readonly max: number;
  /** Traces are set to 1 by a spike, not raised by 1: only the nearest spike counts. */
  readonly nearest: boolean;
}

/** Synapse k runs from neuron pre[k] of one population to post[k] of another. */
export interface Synapses {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly pre: readonly number[];
  readonly post: readonly number[];
  readonly weight: number[];
  /** In steps. */
  readonly delay: readonly number[];
  readonly stdp?: PairStdp;
}

export interface Spike {
  readonly step: number;
  readonly population: string;
  readonly neuron: number;
}

/** A neuron that fires in given steps. */
export function scripted(steps: Iterable<number>): Neuron {
  const due = new Set(steps);
  let step = 0;
  return { state: {}, advance: () => due.has(step++) };
}

/** The synapses that leave, or reach, each neuron. */
function lists(ends: readonly number[], size: number): number[][] {
  const found: number[][] = Array.from({ length: size }, () => []);
  for (const [k, end] of ends.entries()) found[end]!.push(k);
  return found;
}

/** What a projection carries from step to step: traces as its synapses see them, and spikes on their way. */
function running(s: Synapses, sizes: Readonly<Record<string, number>>) {
  return {
    ...s,
    leaving: lists(s.pre, sizes[s.from]!),
    reaching: lists(s.post, sizes[s.to]!),
    preTrace: new Float64Array(s.pre.length), // late by each synapse's own delay
    postTrace: new Float64Array(sizes[s.to]!),
    underway: new Map<number, number[]>(), // step of arrival → synapses
  };
}

/**
 * Runs for `steps` steps. Neurons and weights are changed in place.
 * @param seen is told of each step when its neurons have advanced
 * @returns all spikes, by step, then by population as given, then by neuron
 */
export function runNetwork(
  populations: Readonly<Record<string, readonly Neuron[]>>,
  synapses: readonly Synapses[],
  dt: number,
  steps: number,
  seen: (step: number) => void = () => {},
): Spike[] {
  const names = Object.keys(populations);
  const sizes = Object.fromEntries(names.map((name) => [name, populations[name]!.length]));
  const projections = synapses.map((one) => running(one, sizes));
  const nothing = () =>
    Object.fromEntries(
      names.map((name) => [name, populations[name]!.map((): Record<string, number> => ({}))]),
    );
  const spikes: Spike[] = [];
  let arrived = nothing();
  for (let step = 0; step < steps; step++) {
    const fired = Object.fromEntries(
      names.map((name) => [
        name,
        populations[name]!.flatMap((neuron, at) => (neuron.advance(arrived[name]![at]!) ? [at] : [])),
      ]),
    );
    seen(step);
    for (const name of names)
      for (const neuron of fired[name]!) spikes.push({ step, population: name, neuron });
    arrived = nothing();
    for (const p of projections) {
      const { stdp } = p;
      if (stdp) {
        const [late, own] = [Math.exp(-dt / stdp.tauPlus), Math.exp(-dt / stdp.tauMinus)];
        p.preTrace.forEach((x, k) => {
          p.preTrace[k] = x * late;
        });
        p.postTrace.forEach((x, at) => {
          p.postTrace[at] = x * own;
        });
      }
      for (const neuron of fired[p.from]!)
        for (const k of p.leaving[neuron]!) {
          const due = step + p.delay[k]!;
          p.underway.set(due, [...(p.underway.get(due) ?? []), k]);
        }
      for (const k of p.underway.get(step) ?? []) {
        const cell = arrived[p.to]![p.post[k]!]!;
        cell[p.port] = (cell[p.port] ?? 0) + p.weight[k]!;
        if (!stdp) continue;
        p.weight[k] = Math.max(stdp.min, p.weight[k]! - stdp.minus * p.postTrace[p.post[k]!]!);
        p.preTrace[k] = stdp.nearest ? 1 : p.preTrace[k]! + 1;
      }
      p.underway.delete(step);
      if (!stdp) continue;
      for (const neuron of fired[p.to]!) {
        for (const k of p.reaching[neuron]!)
          p.weight[k] = Math.min(stdp.max, p.weight[k]! + stdp.plus * p.preTrace[k]!);
        p.postTrace[neuron] = stdp.nearest ? 1 : p.postTrace[neuron]! + 1;
      }
    }
  }
  return spikes;
}

/** The capacity experiment: how well patterns are recalled as more and more of them are stored. */
import type { Device } from "../gpu/device";
import { Hopfield } from "./hopfield";
import type { HopfieldOptions } from "./hopfield-options";
import type { Recalled, RecallOptions } from "./hopfield-recall";
import { overlap, randomPatterns, spoil } from "./patterns";

export interface CapacityOptions extends HopfieldOptions, RecallOptions {
  /** Loads α = patterns / neurons, in any order. */
  readonly loads?: readonly number[];
  /** Patterns that are recalled at each load, at most. Default 50. */
  readonly probes?: number;
  /** Share of a probe's values that are turned over. Default 0: whether stored patterns stay where they are. */
  readonly noise?: number;
}

/** Either side of the collapse near 0.138. */
export const defaultLoads: readonly number[] = [0.05, 0.1, 0.12, 0.13, 0.138, 0.15, 0.16, 0.2];

/** How close states come to what was stored: m = ξ·s / N, over the probes. */
export interface Overlaps {
  readonly mean: number;
  /** Standard deviation over the probes. */
  readonly deviation: number;
  /** Share of the probes that ended in the very pattern. */
  readonly exact: number;
}

export interface CapacityRow extends Overlaps {
  readonly load: number;
  readonly patterns: number;
  readonly probes: number;
  readonly steps: number;
  readonly settled: boolean;
}

/** Recalls the first patterns that a network holds, spoilt. */
export async function recallSpoilt(
  network: Hopfield,
  probes: number,
  noise: number,
  options: RecallOptions = {},
): Promise<{ readonly recalled: Recalled; readonly before: Overlaps; readonly after: Overlaps }> {
  const wanted = network.patterns.slice(0, probes);
  const spoilt = wanted.map((pattern, index) => spoil(pattern, noise, network.seed + index));
  const recalled = await network.recall(spoilt, options);
  const of = (states: readonly ArrayLike<number>[]) =>
    overlaps(states.map((state, index) => overlap(wanted[index]!, state)));
  return { recalled, before: of(spoilt), after: of(recalled.states) };
}

function overlaps(all: readonly number[]): Overlaps {
  const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
  const square = all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length;
  return { mean, deviation: Math.sqrt(square), exact: all.filter((one) => one === 1).length / all.length };
}

/**
 * Stores random patterns in one network and recalls some at each load.
 * @throws in one sentence for loads that are none, and as Hopfield does
 */
export async function* capacityCurve(
  device: Device,
  options: CapacityOptions,
): AsyncGenerator<CapacityRow, void, undefined> {
  const { neurons, seed = 1, loads = defaultLoads, probes = 50, noise = 0 } = options;
  for (const load of loads)
    if (!(load > 0 && Number.isFinite(load)))
      throw new Error(`A load is a number of patterns for each neuron, above 0, but got ${load}.`);
  const counts = [...new Set(loads.map((load) => Math.max(1, Math.round(load * neurons))))];
  const network = await Hopfield.create(device, options);
  try {
    for (const count of counts.sort((a, b) => a - b)) {
      const held = network.patterns.length;
      await network.store(randomPatterns(count - held, neurons, seed, held));
      const { recalled, after } = await recallSpoilt(network, probes, noise, options);
      const { steps, settled } = recalled;
      yield {
        load: count / neurons,
        patterns: count,
        ...after,
        probes: Math.min(probes, count),
        steps,
        settled,
      };
    }
  } finally {
    network.destroy();
  }
}

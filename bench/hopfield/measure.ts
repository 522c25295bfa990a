/** Hopfield networks, measured: how recall collapses as patterns are added, and how long a large network takes. */
import { Hopfield } from "../../src/experiment/hopfield";
import { type Overlaps, recallSpoilt } from "../../src/experiment/hopfield-capacity";
import { randomPatterns } from "../../src/experiment/patterns";
import { type Device, TooLargeError } from "../../src/gpu/device";

/** Share of a probe's values that are turned over where it is to be recalled from a spoilt one. */
export const noise = 0.1;

/** Sweeps after which a recall that still moves is taken as it is. */
const patience = 400;

/** What became of the probes, how many steps it took, and how long. */
export interface Recalled extends Overlaps {
  readonly steps: number;
  readonly settled: boolean;
  readonly seconds: number;
}

export interface CapacityPoint {
  readonly load: number;
  readonly patterns: number;
  /** Hebbian storage, from the very patterns. */
  readonly kept: Recalled;
  /** Hebbian storage, from spoilt ones. */
  readonly brought: Recalled;
  /** The modern form, from the same spoilt ones. */
  readonly modern: Recalled;
}

async function recalled(network: Hopfield, probes: number, share: number): Promise<Recalled> {
  const started = performance.now();
  const { recalled: found, after } = await recallSpoilt(network, probes, share, { steps: patience });
  const { steps, settled } = found;
  return { ...after, steps, settled, seconds: (performance.now() - started) / 1000 };
}

/** Stores random patterns, ever more of them, in a Hebbian and in a modern network, and recalls the same ones from both. */
export async function* capacity(
  device: Device,
  neurons: number,
  loads: readonly number[],
  probes: number,
): AsyncGenerator<CapacityPoint, void, undefined> {
  const hebbian = await Hopfield.create(device, { neurons });
  const modern = await Hopfield.create(device, { neurons, storage: "modern" });
  for (const load of loads) {
    const held = hebbian.patterns.length;
    const more = randomPatterns(Math.round(load * neurons) - held, neurons, 1, held);
    await hebbian.store(more);
    await modern.store(more);
    yield {
      load,
      patterns: hebbian.patterns.length,
      kept: await recalled(hebbian, probes, 0),
      brought: await recalled(hebbian, probes, noise),
      modern: await recalled(modern, probes, noise),
    };
  }
  hebbian.destroy();
  modern.destroy();
}

export interface LargeRecall {
  readonly storage: "hebbian" | "modern";
  readonly neurons: number;
  readonly patterns: number;
  readonly probes: number;
  readonly storeSeconds: number;
  readonly recall: Recalled;
}

/** A large network's recall, timed; or, where the adapter can't hold it, the sentence that says so. */
export async function large(
  device: Device,
  storage: LargeRecall["storage"],
  { neurons, patterns, probes }: Pick<LargeRecall, "neurons" | "patterns" | "probes">,
): Promise<LargeRecall | string> {
  try {
    const network = await Hopfield.create(device, { neurons, storage });
    const drawn = randomPatterns(patterns, neurons);
    const started = performance.now();
    await network.store(drawn);
    await device.settled();
    const storeSeconds = (performance.now() - started) / 1000;
    const recall = await recalled(network, probes, noise);
    network.destroy();
    return { storage, neurons, patterns, probes, storeSeconds, recall };
  } catch (error) {
    if (error instanceof TooLargeError) return error.message;
    throw error;
  }
}

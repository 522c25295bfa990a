/** What a Hopfield network is asked for, and one sentence for whatever it can't be. */
import { type Device, TooLargeError } from "../gpu/device";
import { byteLength, type Field } from "../gpu/field";
import { formatBytes } from "../gpu/memory";
import { unknownName } from "../gpu/name";

/** How patterns get into the synapses; `modern` keeps each in the synapses of a memory neuron of its own. */
export const storages = ["hebbian", "pseudo-inverse", "storkey", "modern"] as const;
export type Storage = (typeof storages)[number];

export interface HopfieldOptions {
  /** At least 2. */
  readonly neurons: number;
  /** Default `hebbian`. */
  readonly storage?: Storage;
  /** Keys the random order of asynchronous updates. Default 1. */
  readonly seed?: number;
  /** θ of each neuron, by which its local field is lessened; none in the modern form. Default 0 for all. */
  readonly thresholds?: ArrayLike<number>;
  /** Inverse temperature β of the modern form's softmax over ξ·s. Default 1. */
  readonly beta?: number;
}

/** Patterns for each neuron that Hebbian storage can keep (Amit, Gutfreund & Sompolinsky 1985). */
export const hebbianCapacity = 0.138;

/** @throws one sentence for what no network can be made of */
export function checkHopfield({ neurons, storage = "hebbian", beta = 1, thresholds }: HopfieldOptions): void {
  if (!storages.includes(storage)) throw new Error(unknownName("storage", storage, storages));
  if (!Number.isInteger(neurons) || neurons < 2)
    throw new Error(`A Hopfield network needs a whole number of neurons, 2 or more, but got ${neurons}.`);
  if (thresholds && (storage === "modern" || thresholds.length !== neurons || !everyFinite(thresholds)))
    throw new Error(
      `Thresholds must be ${neurons} finite numbers, one a neuron, and belong to another storage than modern, but got ${thresholds.length} for ${storage} storage.`,
    );
  if (!(beta > 0 && Number.isFinite(beta)))
    throw new Error(`The inverse temperature β must be a number above 0, but got ${beta}.`);
}

/** @throws in one sentence when a storage can't take so many patterns at all */
export function checkCount(storage: Storage, neurons: number, patterns: number): void {
  if (storage === "pseudo-inverse" && patterns > neurons)
    throw new Error(
      `Pseudo-inverse storage takes at most as many patterns as neurons, ${neurons}, but got ${patterns}; store fewer, or use modern storage.`,
    );
}

/** @throws TooLargeError with the largest number of neurons whose weights one buffer can hold on this adapter */
export function checkRoom({ gpu, facts }: Device, neurons: number, weight: Field): void {
  const bytes = byteLength(weight);
  const limit = Math.min(gpu.limits.maxBufferSize, gpu.limits.maxStorageBufferBindingSize);
  if (bytes <= limit) return;
  // Rows are padded to four values, and there is one more than neurons: n (n + 1) values where n is a multiple of four.
  const most = Math.floor((Math.sqrt(limit / 4 + 0.25) - 0.5) / 4) * 4;
  throw new TooLargeError(
    `A Hopfield network of ${neurons} neurons is too large for ${facts.name}: its weights need ${formatBytes(bytes)}, but one buffer can hold ${formatBytes(limit)} there, enough for ${most} neurons; take fewer, use modern storage, which grows with the patterns alone, or choose another adapter.`,
  );
}

const everyFinite = (values: ArrayLike<number>) => Array.from(values).every(Number.isFinite);

/** Estimate: what a race will take of the device's memory, before anything is allocated. */
import type { Device } from "../gpu/device";
import type { Dataset } from "../task/dataset";
import type { ExperimentOptions } from "./experiment";

/** One split of a data set, without its samples. */
export interface SplitShape {
  readonly count: number;
  readonly type: "u8" | "f32";
}

/** What of a data set decides how much memory it takes. */
export interface DatasetShape extends Pick<Dataset, "name" | "inputs" | "classes"> {
  readonly train: SplitShape;
  readonly test: SplitShape;
}

export interface Estimate {
  /** Synapses that one rule learns, biases among them. */
  readonly weights: number;
  /** Bytes on the device, all rules and the data together. */
  readonly bytes: number;
  /** Bytes of them that hold samples. */
  readonly data: number;
  /** Bytes that are left on the device, where the host knows. */
  readonly available: number | undefined;
  readonly fits: boolean;
  /** The largest single array; none may be larger than `limit`. */
  readonly largest: { readonly name: string; readonly bytes: number };
  /** Bytes that one array may take on this adapter. */
  readonly limit: number;
  /** Whether batches are streamed rather than all samples held on the device. */
  readonly streams: boolean;
  /** All this for people. */
  readonly sentence: string;
}

/**
 * What a race would take of `device`; nothing is allocated.
 * @throws in one sentence for unknown names, bad values, or layers that don't fit the data
 */
export function estimate(
  _device: Device,
  _data: Dataset | DatasetShape,
  _options: ExperimentOptions,
): Estimate {
  throw new Error("Memory cannot be estimated yet.");
}

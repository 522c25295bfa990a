/** Needs: what runs would take of the device's memory, all their seeds together, before anything is made. */
import { estimate } from "../../src/experiment/estimate";
import type { Device } from "../../src/gpu/device";
import { formatBytes } from "../../src/gpu/memory";
import type { Dataset } from "../../src/task/task";
import { count } from "../../src/view/format";
import { layersOf, optionsOf, type RunSpec, seedsOf, weightsOf } from "./spec";

export interface Needs {
  /** Synapses of one network of the largest run. */
  readonly weights: number;
  readonly bytes: number;
  /** Left on the device, where that is known. */
  readonly available: number | undefined;
  readonly fits: boolean;
  readonly streams: boolean;
  readonly sentence: string;
}

/**
 * @param freed bytes that what runs now will give back first
 * @throws one sentence for a network that could not be made whatever the memory
 */
export function needsOf(device: Device, dataset: Dataset, specs: readonly RunSpec[], freed: number): Needs {
  const each = specs.flatMap((spec) =>
    seedsOf(spec).map((seed) => estimate(device, dataset, optionsOf(spec, dataset, seed))),
  );
  const weights = Math.max(0, ...specs.map((spec) => weightsOf(layersOf(spec, dataset))));
  const bytes = each.reduce((sum, one) => sum + one.bytes, 0);
  const left = each[0]?.available;
  const available = left === undefined ? undefined : left + freed;
  const tooLarge = each.find(({ largest, limit }) => largest.bytes > limit);
  const streams = each.some((one) => one.streams);
  const fits = !tooLarge && (available === undefined || bytes <= available);
  const networks = each.length === 1 ? "The network" : `${each.length} networks`;
  const needed = `${networks} of ${each.length === 1 ? "" : "up to "}${count(weights)} weights ${each.length === 1 ? "needs" : "need"} ${formatBytes(bytes)}`;
  const room =
    available === undefined
      ? "this adapter does not say how much it has"
      : `${formatBytes(available)} are free`;
  const sentence = tooLarge
    ? `${needed}, but its largest array, ${tooLarge.largest.name}, would take ${formatBytes(tooLarge.largest.bytes)}, and one can take ${formatBytes(tooLarge.limit)} on this adapter: make the layers smaller.`
    : fits
      ? `${needed}; ${room}${streams ? ", so the samples are streamed" : ""}.`
      : `${needed}, but only ${room}: make the layers or the batch smaller, or take fewer seeds or runs.`;
  return { weights, bytes, available, fits, streams, sentence };
}

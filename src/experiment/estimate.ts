/** Estimate: what a race will take of the device's memory, before anything is allocated. */
import type { Device } from "../gpu/device";
import { elementCount, type Field } from "../gpu/field";
import { bufferBytes, formatBytes } from "../gpu/memory";
import type { Dataset } from "../task/dataset";
import { type DatasetShape, shapeOf } from "./data";
import type { ExperimentOptions } from "./experiment";
import { bytesOfFields, fieldsOfRace, fitsDevice, planRace, type Race } from "./race";

export type { DatasetShape, SplitShape } from "./data";

export interface Estimate {
  /** Synapses of the network that each rule teaches, biases among them; feedback synapses of a rule's own are not counted. */
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
 * What a race takes of `device`, to the byte as `Memory` counts it; nothing is allocated. What is only made when it is asked
 * for, such as the probe that measures angles, comes on top of it.
 * @throws in one sentence for unknown names, bad values, or layers that don't fit the data
 */
export function estimate(device: Device, data: Dataset | DatasetShape, options: ExperimentOptions): Estimate {
  const race = planRace(device, "title" in data ? shapeOf(data) : data, options);
  const fields = fieldsOfRace(race);
  const { maxBufferSize, maxStorageBufferBindingSize } = device.gpu.limits;
  const figures = {
    weights: race.plans[0]!.net.projections.reduce((sum, { weight }) => sum + elementCount(weight), 0),
    bytes: bytesOfFields(fields),
    data: bytesOfFields(race.samples),
    available: device.memory === undefined ? undefined : Math.max(0, device.memory - device.allocated),
    fits: fitsDevice(device, race),
    largest: largestOf(fields),
    limit: Math.min(maxBufferSize, maxStorageBufferBindingSize),
    streams: race.streaming !== undefined,
  };
  return { ...figures, sentence: sentenceOf(figures, race, device.facts.name) };
}

function largestOf(fields: readonly Field[]): Estimate["largest"] {
  const most = fields.reduce((a, b) => (bufferBytes(b) > bufferBytes(a) ? b : a));
  return { name: most.name, bytes: bufferBytes(most) };
}

function sentenceOf(
  { weights, bytes, data, available, fits, largest, limit, streams }: Omit<Estimate, "sentence">,
  { plans }: Race,
  adapter: string,
): string {
  const rules = plans.length === 1 ? "" : ` for each of ${plans.length} rules`;
  const network = `${weights.toLocaleString("en")} weights${rules}`;
  const need = `${network} need ${formatBytes(bytes)} (${formatBytes(data)} of them for samples)`;
  const left = available === undefined ? "" : ` of the ${formatBytes(available)} that are left`;
  if (fits) return `${need}${left} on ${adapter}${streams ? "; the samples are streamed to it" : ""}.`;
  const remedy = "make the layers or the batch smaller, or run fewer rules at a time";
  return largest.bytes > limit
    ? `${need}, but "${largest.name}" takes ${formatBytes(largest.bytes)} and one array on ${adapter} can take ${formatBytes(limit)}; ${remedy}.`
    : `${need}, but ${formatBytes(available ?? 0)} are left on ${adapter}; ${remedy}.`;
}

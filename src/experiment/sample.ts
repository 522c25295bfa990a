/** One sample of a data set, as a network reads it. */
import type { Dataset } from "../task/dataset";
import type { Sample } from "./inspection";

/** @throws one sentence with the range */
export function sampleOf(dataset: Dataset, index: number, split: "train" | "test" = "train"): Sample {
  const { inputs, title } = dataset;
  const { data, labels, count } = dataset[split];
  if (!Number.isInteger(index) || index < 0 || index >= count)
    throw new Error(
      `The sample must be a whole number from 0 to ${count - 1}, as ${title} has ${count} to ${split === "train" ? "learn from" : "test on"}, but got ${index}.`,
    );
  const raw = data.subarray(index * inputs, (index + 1) * inputs);
  const input = Float32Array.from(raw, (value) => (data instanceof Uint8Array ? value / 255 : value));
  return { input, label: labels[index]! };
}

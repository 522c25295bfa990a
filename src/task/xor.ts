/**
 * Exclusive or: the smallest problem that no single layer can solve (Minsky & Papert 1969, Perceptrons).
 * All four patterns are the training set and the test set: there is nothing else to know.
 */
import { type Dataset, type Split, sampleCount, type Task } from "./dataset";

const patterns: Split = {
  data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1),
  labels: Uint8Array.of(0, 1, 1, 0),
  count: 4,
};

/** XOR: 2 inputs (0 or 1), 2 classes, exactly 4 samples; another `train` or `test` is a RangeError. */
export const xor: Task = {
  name: "xor",
  title: "XOR",
  summary: "Whether two bits differ: four patterns that no single layer can separate.",
  inputs: 2,
  classes: 2,
  defaultLayers: [2, 8, 2],
  async load(options = {}): Promise<Dataset> {
    const four = { usual: 4, least: 4, most: 4 };
    sampleCount("xor", "train", options.train, four);
    sampleCount("xor", "test", options.test, four);
    options.progress?.(4, 4);
    return {
      name: xor.name,
      title: xor.title,
      synthetic: true,
      shape: [2],
      inputs: 2,
      classes: 2,
      train: { ...patterns, data: patterns.data.slice(), labels: patterns.labels.slice() },
      test: { ...patterns, data: patterns.data.slice(), labels: patterns.labels.slice() },
    };
  },
};

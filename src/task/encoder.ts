/**
 * The encoder: N patterns with one input on, each its own class (Ackley, Hinton & Sejnowski 1985; PDP, chapter 8).
 * Through log₂ N hidden neurons they must be told apart by a binary code. All eight patterns train and test.
 */
import { type Dataset, type Split, sampleCount, type Task } from "./dataset";

const size = 8;

const patterns = (): Split => ({
  data: Float32Array.from({ length: size * size }, (_, at) => Number(at % size === Math.floor(at / size))),
  labels: Uint8Array.from({ length: size }, (_, label) => label),
  count: size,
});

/** 8-3-8: one of 8 inputs is 1, 8 classes, exactly 8 samples; another `train` or `test` is a RangeError. */
export const encoder: Task = {
  name: "encoder",
  title: "Encoder 8-3-8",
  summary: "Eight patterns, each to be named again behind three neurons: a binary code must be found.",
  inputs: size,
  classes: size,
  defaultLayers: [size, 3, size],
  async load(options = {}): Promise<Dataset> {
    const all = { usual: size, least: size, most: size };
    sampleCount("encoder", "train", options.train, all);
    sampleCount("encoder", "test", options.test, all);
    options.progress?.(size, size);
    return {
      name: encoder.name,
      title: encoder.title,
      synthetic: true,
      shape: [size],
      inputs: size,
      classes: size,
      train: patterns(),
      test: patterns(),
    };
  },
};

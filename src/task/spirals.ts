/**
 * Two spirals wound into each other, a classic hard problem for small networks (Lang & Witbrock 1988).
 * Each arm winds `turns` times from near the centre to the rim; its points are spread evenly in radius.
 */
import { streamOf } from "../gpu/random";
import { type Dataset, mostSynthetic, type Split, sampleCount, seedOf, type Task } from "./dataset";
import { drawsOf } from "./draws";

const turns = 1.75;
/** Standard deviation of each coordinate. */
const noise = 0.02;

/** [count, 2] points within ±1.02 or so; even samples on the first arm (label 0), odd on the second. */
function wind(seed: number, stream: number, count: number): Split {
  const data = new Float32Array(count * 2);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const draws = drawsOf(seed, stream, i);
    const arm = i % 2;
    const along = draws.between(0, 1);
    const radius = 0.08 + 0.87 * along;
    const angle = 2 * Math.PI * turns * along + Math.PI * arm;
    data[2 * i] = radius * Math.cos(angle) + noise * draws.bell();
    data[2 * i + 1] = radius * Math.sin(angle) + noise * draws.bell();
    labels[i] = arm;
  }
  return { data, labels, count };
}

/** Two spirals: 2 inputs in about [-1, 1], 2 classes, seeded; default 1024 training and 512 test samples. */
export const spirals: Task = {
  name: "spirals",
  title: "Two spirals (synthetic)",
  summary: "Points on two spirals wound into each other: which of the two?",
  inputs: 2,
  classes: 2,
  defaultLayers: [2, 64, 64, 2],
  async load(options = {}): Promise<Dataset> {
    const seed = seedOf("spirals", options.seed);
    const train = sampleCount("spirals", "train", options.train, { usual: 1024, most: mostSynthetic });
    const test = sampleCount("spirals", "test", options.test, { usual: 512, most: mostSynthetic });
    const dataset: Dataset = {
      name: spirals.name,
      title: spirals.title,
      synthetic: true,
      shape: [2],
      inputs: 2,
      classes: 2,
      train: wind(seed, streamOf("spirals/train"), train),
      test: wind(seed, streamOf("spirals/test"), test),
    };
    options.progress?.(train + test, train + test);
    return dataset;
  },
};

/**
 * Samples to learn from: a cloud whose longest axis is a picture, or written digits; and the direction in which each has the most
 * mean square, which is where Oja's neuron goes.
 */

import type { Dataset, Split } from "../../src/task/dataset";
import { digits } from "../../src/task/digits";
import { gaussian } from "./gaussian";

/** Lets the page breathe. */
const pause = () => new Promise<void>((resume) => setTimeout(resume));

const side = 8;
const inputs = side * side;

/** The cosine pattern of so many half waves down and across, of length 1: [8, 8]. */
function pattern(down: number, across: number): Float64Array {
  const wave = (waves: number, at: number) =>
    Math.sqrt((waves === 0 ? 1 : 2) / side) * Math.cos((Math.PI * waves * (at + 0.5)) / side);
  return Float64Array.from(
    { length: inputs },
    (_, at) => wave(down, Math.floor(at / side)) * wave(across, at % side),
  );
}

/** Half waves down and across: the longest axis first, then from coarse to fine. */
const [down, across] = [1, 2];
const waves = Array.from({ length: inputs }, (_, at) => [Math.floor(at / side), at % side] as const)
  .filter(([y, x]) => y !== down || x !== across)
  .sort((a, b) => a[0] + a[1] - b[0] - b[1]);
const axes = [
  { values: pattern(down, across), deviation: 1 },
  ...waves.map(([y, x], at) => ({ values: pattern(y, x), deviation: Math.sqrt(0.4 * 0.8 ** at) })),
];

/** A sample's class is the side of the cloud's middle that it lies on, along the longest axis. */
async function drawSplit(count: number, seed: number): Promise<Split> {
  const data = new Float32Array(count * inputs);
  const labels = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    if (n % 200 === 199) await pause();
    for (const [k, { values, deviation }] of axes.entries()) {
      const along = deviation * gaussian(seed, n * axes.length + k);
      if (k === 0) labels[n] = along > 0 ? 1 : 0;
      for (let i = 0; i < inputs; i++) data[n * inputs + i]! += along * values[i]!;
    }
  }
  return { data, labels, count };
}

async function cloud(): Promise<Dataset> {
  return {
    name: "cloud",
    title: "Gaussian cloud of 8×8 pictures",
    synthetic: true,
    shape: [side, side],
    inputs,
    classes: 2,
    train: await drawSplit(1500, 1),
    test: await drawSplit(300, 2),
  };
}

export interface Samples {
  readonly dataset: Dataset;
  /** Of length 1: the first eigenvector of the mean of x xᵀ over the training samples. */
  readonly axis: Float64Array;
}

async function make(name: "cloud" | "digits"): Promise<Samples> {
  const dataset = name === "cloud" ? await cloud() : await digits.load({ train: 1500, test: 300 });
  return { dataset, axis: await longestAxis(dataset) };
}

const made = new Map<string, Promise<Samples>>();

/** Made once for each name, in pieces that don't hold the page up. */
export function samplesOf(name: "cloud" | "digits"): Promise<Samples> {
  const known = made.get(name) ?? make(name);
  made.set(name, known);
  return known;
}

/** By the power method: 60 turns, each a few ms, from the sum of all samples' sizes. */
async function longestAxis({ train: { data, count }, inputs: n }: Dataset): Promise<Float64Array> {
  let axis = Float64Array.from({ length: n }, (_, i) => 1 + (i % 7));
  for (let turn = 0; turn < 60; turn++) {
    const next = new Float64Array(n);
    for (let s = 0; s < count; s++) {
      if (s % 500 === 499) await pause();
      let along = 0;
      for (let i = 0; i < n; i++) along += data[s * n + i]! * axis[i]!;
      for (let i = 0; i < n; i++) next[i]! += along * data[s * n + i]!;
    }
    const length = Math.hypot(...next);
    axis = next.map((value) => value / length);
  }
  return axis;
}

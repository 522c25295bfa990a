/** Rules whose layers learn without waiting for one another: forward-forward and local errors. */
import type { Preset } from "../presets";

const common = {
  tasks: ["mnist", "fashion-mnist"],
  batch: 128,
  activation: "relu",
  output: "softmax",
} as const;

const forwardForward = {
  ...common,
  rule: "forward-forward",
  layers: [784, 500, 500, 10],
  optimizer: "adam",
  epochs: 20,
  values: { anneal: 20 },
} as const;

const localError = {
  ...common,
  rule: "local-error",
  layers: [784, 512, 512, 10],
  optimizer: "momentum",
  epochs: 15,
  values: { rate: 0.05, anneal: 15 },
} as const;

const loewe = "loeweX/Forward-Forward (3×1000, threshold = width, peer normalisation .03, 100 epochs)";
const nokland = "this project's trial run: 512-512, prediction loss, 15 annealed epochs";

export const presets: readonly Preset[] = [
  {
    ...forwardForward,
    name: "forward-forward",
    about: "a label over the first pixels, told by trying all ten",
    options: { classify: "labels" },
    aim: { accuracy: 98.55, source: loewe },
  },
  {
    ...forwardForward,
    name: "forward-forward/readout",
    about: "a label over the first pixels, told by a linear readout",
    aim: { accuracy: 98.55, source: loewe },
  },
  {
    ...forwardForward,
    name: "forward-forward/hybrid",
    about: "without labels: images against hybrids of two, told by a linear readout",
    tasks: ["mnist"],
    options: { data: "hybrid" },
    aim: { accuracy: 98.63, source: "Hinton 2022, section 3.2 (4×2000, 100 epochs), from memory" },
  },
  {
    ...forwardForward,
    name: "forward-forward/wide",
    about: "four layers of 2000, for a GPU",
    layers: [784, 2000, 2000, 2000, 2000, 10],
    epochs: 60,
    values: { rate: 0.001, anneal: 60 },
    options: { classify: "labels" },
    aim: { accuracy: 98.64, source: "Hinton 2022, section 3.3 (4×2000, 60 epochs)" },
  },
  {
    ...forwardForward,
    name: "forward-forward/minimal",
    about: "mean of squares, threshold 2, Adam at rate .03",
    batch: 1000,
    epochs: 17,
    values: { rate: 0.03, threshold: 2, peer: 0 },
    options: { classify: "labels", goodness: "mean" },
    aim: {
      accuracy: 93.2,
      source: "mohammadpz/pytorch_forward_forward (784-500-500, 1000 steps of the whole training set)",
    },
  },
  {
    ...localError,
    name: "local-error",
    about: "each layer's classifier sends its error back through its own weights",
    aim: { accuracy: 98.46, source: nokland },
  },
  {
    ...localError,
    name: "local-error/random",
    about: "each layer's classifier sends its error back through fixed random weights",
    values: { rate: 0.05, anneal: 15 },
    options: { feedback: "random" },
    aim: { accuracy: 98.46, source: nokland },
  },
];

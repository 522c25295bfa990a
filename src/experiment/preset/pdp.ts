/** The two small networks of Parallel Distributed Processing, volume 1, chapter 8, by backprop as in 1986. */
import type { Preset } from "../presets";

/** Sigmoids, half the squared error, all patterns at each step. */
const as1986 = {
  rule: "backprop",
  activation: "sigmoid",
  output: "sigmoid",
  optimizer: "momentum",
  values: { rate: 1, momentum: 0.9 },
} as const;

export const presets: readonly Preset[] = [
  {
    ...as1986,
    name: "xor",
    about:
      "2-2-1 as in 1986: two hidden neurons, one output; 17 of 20 seeds solve it, the others stay in the book's local minimum",
    tasks: ["xor"],
    layers: [2, 2, 1],
    batch: 4,
    epochs: 700,
    aim: {
      accuracy: 100,
      source: "Rumelhart, Hinton & Williams 1986: all runs but a few that meet a local minimum",
    },
  },
  {
    ...as1986,
    name: "encoder",
    about:
      "8-3-8 as in 1986: eight patterns through three neurons, which come to hold a binary code (rounded, eight different ones in 9 of 12 seeds; in the others one neuron stays between)",
    tasks: ["encoder"],
    layers: [8, 3, 8],
    batch: 8,
    epochs: 1500,
    aim: {
      accuracy: 100,
      source: "Rumelhart, Hinton & Williams 1986, after Ackley, Hinton & Sejnowski 1985",
    },
  },
];

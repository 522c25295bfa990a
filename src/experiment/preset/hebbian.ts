/** Hebb's heirs under a linear readout. Sizes and epochs are what a software adapter can do in minutes. */
import type { Preset } from "../presets";

const common = {
  tasks: ["mnist", "fashion-mnist"],
  batch: 100,
  activation: "relu",
  output: "softmax",
  optimizer: "sgd",
} as const;

/** None of these rules was published with a figure of its own on MNIST: features and readout together should beat the readout alone. */
const readoutAlone = {
  accuracy: 92,
  source: "softmax readout on the pixels alone; LeCun et al. 1998 have 88.0",
};

const krotovHopfield = (name: string, about: string, neurons: number): Preset => ({
  ...common,
  name,
  rule: "krotov-hopfield",
  about,
  layers: [784, neurons, 10],
  epochs: 5,
  values: { rate: 0.0075, anneal: 3, power: 6, readoutRate: 0.005, readoutAnneal: 5 },
  aim: { accuracy: 98.5, source: "Krotov & Hopfield 2019 (2000 units and a readout)" },
});

export const presets: readonly Preset[] = [
  {
    ...common,
    name: "hebb",
    rule: "hebb",
    about: "weights that grow without end",
    layers: [784, 256, 10],
    epochs: 5,
    values: { rate: 3e-5, readoutRate: 0.005, readoutAnneal: 5 },
    aim: readoutAlone,
  },
  {
    ...common,
    name: "oja",
    rule: "oja",
    about: "every neuron on its way to the same first component",
    layers: [784, 256, 10],
    epochs: 5,
    values: { rate: 1e-4, readoutRate: 0.005, readoutAnneal: 5 },
    aim: readoutAlone,
  },
  {
    ...common,
    name: "sanger",
    rule: "sanger",
    about: "principal components in order",
    layers: [784, 128, 10],
    activation: "identity",
    epochs: 5,
    values: { rate: 0.003, anneal: 5, readoutRate: 0.005, readoutAnneal: 5 },
    aim: readoutAlone,
  },
  {
    ...common,
    name: "bcm",
    rule: "bcm",
    about: "neurons that become selective",
    layers: [784, 256, 10],
    epochs: 5,
    values: { rate: 1e-4, readoutRate: 0.005, readoutAnneal: 5 },
    aim: readoutAlone,
  },
  krotovHopfield(
    "krotov-hopfield",
    "1000 competing neurons, done after three epochs; the readout learns for five",
    1000,
  ),
  krotovHopfield("krotov-hopfield/2000", "as many neurons as published, at twice the time", 2000),
  {
    ...common,
    name: "soft-hebb",
    rule: "soft-hebb",
    about: "1000 neurons that share each sample",
    layers: [784, 1000, 10],
    epochs: 5,
    values: { rate: 20, anneal: 3, losers: -0.1, power: 4, readoutRate: 0.005, readoutAnneal: 5 },
    aim: { accuracy: 96.2, source: "Moraitis et al. 2022 (2000 units and a linear classifier), from memory" },
  },
];

/** Rules whose neurons settle before their synapses learn: predictive coding and equilibrium propagation. */
import type { Preset } from "../presets";

const tasks = ["mnist", "fashion-mnist"] as const;

const bogacz = "Bogacz-Group/PredictiveCoding, notebook 1 (ReLU, T = 20, state step .01, 10 epochs)";
const scellier = "Scellier & Bengio 2017, train_model (batch 20, 25 epochs; 97 to 98, from memory)";

const predictiveCoding = {
  rule: "predictive-coding",
  tasks,
  layers: [784, 256, 256, 10],
  batch: 128,
  activation: "relu",
  output: "softmax",
  optimizer: "adam",
  epochs: 10,
  aim: { accuracy: 98.3, source: bogacz },
} as const;

const values = { rate: 0.001, anneal: 10, gamma: 0.1 } as const;

const equilibriumPropagation = {
  rule: "equilibrium-propagation",
  tasks,
  layers: [784, 500, 10],
  batch: 20,
  activation: "hard-sigmoid",
  output: "hard-sigmoid",
  optimizer: "sgd",
  epochs: 25,
  values: { rate: 0.1, layerRatio: 0.5, beta: 0.5, pace: 0.5 },
  aim: { accuracy: 97, source: scellier },
} as const;

export const presets: readonly Preset[] = [
  {
    ...predictiveCoding,
    name: "predictive-coding",
    about: "values settle for 20 steps",
    values,
  },
  {
    ...predictiveCoding,
    name: "predictive-coding/learned-feedback",
    about: "errors come down synapses of their own, which learn as their partners do",
    optimizer: "momentum",
    values: { rate: 0.07, momentum: 0.9, decay: 3e-4, anneal: 10, gamma: 0.1 },
    options: { feedback: "learned" },
  },
  {
    ...predictiveCoding,
    name: "predictive-coding/z-il",
    about: "backprop's own step, by inference alone",
    values: { ...values, gamma: 1 },
    options: { form: "z-il" },
  },
  {
    ...predictiveCoding,
    name: "predictive-coding/fixed-prediction",
    about: "predictions stay at the feed-forward pass",
    values: { ...values, gamma: 1 },
    options: { form: "fixed-prediction", steps: 2 },
  },
  {
    ...predictiveCoding,
    name: "predictive-coding/incremental",
    about: "weights move at every inference step",
    values: { ...values, rate: 0.0002 },
    options: { form: "incremental" },
  },
  {
    ...equilibriumPropagation,
    name: "equilibrium-propagation",
    about: "nudged to the target and away from it",
    values: { ...equilibriumPropagation.values, rate: 0.2, anneal: 25 },
    options: { nudging: "symmetric" },
  },
  {
    ...equilibriumPropagation,
    name: "equilibrium-propagation/random-sign",
    about: "nudged by a coin’s sign, at the published rates",
  },
  {
    ...equilibriumPropagation,
    name: "equilibrium-propagation/persistent",
    about: "as published: every sample settles on from where it was left an epoch before",
    options: { persistent: "yes" },
  },
  {
    ...equilibriumPropagation,
    name: "equilibrium-propagation/learned-feedback",
    about: "the output’s pull comes down synapses of its own, which learn as their partners do",
    // Alike rates in all layers: with half the rate above, and decay 1e-3 or less, synthetic digits came to 76 % instead of 95.
    values: { ...equilibriumPropagation.values, rate: 0.2, layerRatio: 1, anneal: 25, decay: 1e-3 },
    options: { nudging: "symmetric", feedback: "learned" },
  },
];

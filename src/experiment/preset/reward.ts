/** Rules that learn from a scalar reward, on the labelled sets as contextual bandits. */
import type { Preset } from "../presets";

const common = {
  tasks: ["mnist", "fashion-mnist"],
  activation: "relu",
  optimizer: "momentum",
} as const;

const reinforce = {
  ...common,
  rule: "reward-modulated",
  layers: [784, 256, 10],
  batch: 32,
  output: "softmax",
  epochs: 10,
  aim: {
    accuracy: 90,
    source: "no published figure for these layers; the least that a scalar alone should come to",
  },
} as const;

export const presets: readonly Preset[] = [
  {
    ...reinforce,
    name: "reward-modulated",
    about: "one scalar a sample; the hidden layer learns from noise",
    values: { rate: 0.005, hiddenRate: 0.0001, noise: 0.05, exploration: 0.1, anneal: 10 },
  },
  {
    ...reinforce,
    name: "reward-modulated/frozen",
    about: "one scalar a sample; the hidden layer stays random",
    values: { rate: 0.005, exploration: 0.1, anneal: 10 },
    options: { hidden: "frozen" },
  },
  {
    ...common,
    name: "attention-gated",
    rule: "attention-gated",
    about: "reward, and attention from the choice through learned feedback",
    layers: [784, 512, 10],
    batch: 32,
    output: "identity",
    epochs: 10,
    values: { rate: 0.05, exploration: 0.05, decay: 1e-4, anneal: 10 },
    aim: { accuracy: 98.2, source: "Pozzi, Bohté & Roelfsema 2020 (BrainProp, dense layers), from memory" },
  },
];

/** Rules that teach a single layer: what can be had without anything hidden. */
import type { Preset } from "../presets";

const common = {
  tasks: ["mnist", "fashion-mnist"],
  layers: [784, 10],
  activation: "identity",
} as const;

export const presets: readonly Preset[] = [
  {
    ...common,
    name: "perceptron",
    rule: "perceptron",
    about: "one sample at a time, learning from mistakes alone",
    output: "identity",
    optimizer: "sgd",
    batch: 1,
    epochs: 5,
    aim: { accuracy: 88, source: "LeCun et al. 1998, linear classifier, from memory" },
  },
  {
    ...common,
    name: "delta-rule",
    rule: "delta-rule",
    about: "softmax output: multinomial logistic regression",
    output: "softmax",
    optimizer: "momentum",
    batch: 128,
    epochs: 10,
    values: { rate: 0.05, anneal: 10 },
    aim: { accuracy: 92, source: "trial runs of this project, softmax output: 92.5" },
  },
  {
    ...common,
    name: "delta-rule/linear",
    rule: "delta-rule",
    about: "linear output, squared error: LMS as Widrow and Hoff had it",
    output: "identity",
    optimizer: "momentum",
    batch: 128,
    epochs: 10,
    values: { rate: 0.002, anneal: 10 },
    aim: { accuracy: 86, source: "trial runs of this project, linear output" },
  },
];

/** Backprop and the rules that send its error back another way: Engram's own rates, annealed as those of their rivals are. */
import type { Preset } from "../presets";

const common = {
  tasks: ["mnist", "fashion-mnist"],
  layers: [784, 512, 10],
  batch: 128,
  activation: "relu",
  output: "softmax",
  optimizer: "momentum",
  epochs: 10,
  values: { anneal: 10 },
} as const;

const akrout = "Akrout et al. 2019, code: results.json (784-500-10 sigmoid, batch 128, 400 epochs)";

const set = (rule: string, about: string, accuracy: number, source: string): Preset => ({
  ...common,
  name: rule,
  rule,
  about,
  aim: { accuracy, source },
});

export const presets: readonly Preset[] = [
  set("backprop", "the measure of all others", 98.5, akrout),
  set("feedback-alignment", "fixed random feedback", 97.8, akrout),
  set(
    "direct-feedback-alignment",
    "fixed random feedback to each layer",
    98.32,
    "Nøkland 2016 (1×800 tanh), from memory",
  ),
  set("sign-symmetry", "feedback through signs", 99.06, "biotorch benchmarks (LeNet, SGD .9, 100 epochs)"),
  set("kolen-pollack", "feedback that learns as its partner does", 98.45, akrout),
  set("weight-mirror", "feedback that learns from noise", 98.49, akrout),
];

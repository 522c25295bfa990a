import type { Builder } from "../net/builder";
import {
  beforeNormalisation,
  checkGoodness,
  type GoodnessOptions,
  goodnessError,
  hybrids,
  labelTrial,
  normalisedPass,
  overlay,
  readBeside,
  readOut,
  unreached,
} from "../net/goodness";
import type { Population } from "../net/population";
import type { Projection } from "../net/projection";
import { defineRule, perPopulationFromOutput, zero } from "../net/rule";
import type { Learning } from "../net/synapses";

/** The readout learns by the delta rule, at a rate of its own. */
const delta: Learning = {
  settings: ["readout", ({ readoutRate = 0, ...values }) => ({ ...values, rate: readoutRate })],
};

/** Synapses straight from a hidden layer to the output. */
const straight = (step: Builder, weight: (hidden: Population) => Projection["weight"]) => {
  const post = step.net.populations.at(-1)!;
  return (pre: Population): Projection => ({
    name: `${pre.name}-${post.name}`,
    layer: post.layer,
    pre,
    post,
    weight: weight(pre),
  });
};

/** What the layers say of an image without a label. */
const look = (step: Builder, { data, brightness }: GoodnessOptions) =>
  normalisedPass(
    step,
    data === "label" ? overlay(step, "neutral", brightness) : step.net.populations[0]!.activity,
    "neutral",
    true,
  );

/**
 * Forward-forward: two passes and no way back. Each layer makes its goodness, the square of its activity, high for positive
 * data and low for negative; the next layer sees only the direction of that activity (Hinton 2022).
 */
export const forwardForward = defineRule({
  name: "forward-forward",
  title: "Forward-forward",
  summary: "Each layer learns to like good data and dislike bad, from two forward passes and no way back.",
  source:
    "Hinton 2022, section 2–3; peer normalisation as in section 3, with the threshold set by the layer's width",
  params: {
    threshold: {
      default: 1,
      min: 0.001,
      max: 100,
      about: "mean square activity above which a layer takes data for positive",
    },
    peer: { default: 0.03, min: 0, max: 10, about: "pull of each neuron's mean activity towards its peers'" },
    readoutRate: { default: 0.05, min: 0, max: 100, about: "learning rate of the readout" },
  },
  options: {
    data: {
      default: "label",
      choices: ["label", "hybrid"],
      about: "negative data: a wrong label over the first pixels, or hybrids of two images without labels",
    },
    brightness: { default: 3, min: 1, max: 100, about: "brightness of a label's pixel, an image's being 1" },
    goodness: {
      default: "sum",
      choices: ["sum", "mean"],
      about: "sum of squares, with the threshold times the layer's width, or mean of squares",
    },
    classify: {
      default: "readout",
      choices: ["readout", "labels"],
      about: "by a linear readout of all layers but the first, or by trying every label for its goodness",
    },
    blurs: { default: 4, min: 1, max: 100, about: "times that a hybrid's mask is blurred twice" },
  },
  doubt: unreached,
  defaults: { sgd: { rate: 0.01 }, momentum: { rate: 0.003 }, adam: { rate: 0.003, readoutRate: 0.001 } },
  fields: { readout: perPopulationFromOutput(zero) },
  schedule(step, { readout }, options) {
    const { populations, projections } = step.net;
    checkGoodness(step.net, options);
    step.inPhase("positive and negative");
    const pairs =
      options.data === "label" ? overlay(step, "pair", options.brightness) : hybrids(step, options.blurs);
    const pass = normalisedPass(step, pairs, "pair");
    step.inPhase("readout");
    const seen = look(step, options);
    const extra = straight(step, readout);
    const error = readOut(step, seen, extra);
    step.inPhase("learn");
    for (const { post, weight, layer } of projections.slice(0, -1)) {
      const wrong = goodnessError(step, pass, post, options.goodness);
      step.correlate(pass.normalised[layer - 1]!, wrong, weight, layer);
    }
    const { weight, layer } = projections.at(-1)!;
    step.correlate(seen.normalised[layer - 1]!, error, weight, layer, delta);
    for (const hidden of readBeside(step.net))
      step.correlate(
        seen.normalised[hidden.layer]!,
        error,
        extra(hidden).weight,
        populations.length - 1,
        delta,
      );
  },
  predict(step, { readout }, options) {
    if (options.classify === "labels") labelTrial(step, options);
    else readOut(step, look(step, options), straight(step, readout));
  },
  /** Backprop's, of the readout's loss on the image without a label. */
  gradient(step, { readout }, options) {
    const pass = look(step, options);
    const extra = straight(step, readout);
    let error = readOut(step, pass, extra);
    const output = error;
    for (const { pre, weight, layer } of [...step.net.projections].reverse()) {
      step.correlate(pass.normalised[layer - 1]!, error, weight, layer);
      if (pre.layer === 0) continue;
      const at = { into: step.neurons(pre, "error normalised"), activation: "identity" } as const;
      let below = step.transport(weight, error, pre, at);
      if (readBeside(step.net).includes(pre)) {
        const more = { ...at, into: step.neurons(pre, "error of the readout") };
        step.transport(extra(pre).weight, output, pre, more);
        below = step.local("neuron/plus", below, { value: below, more: more.into }, { layer: pre.layer });
      }
      error = beforeNormalisation(step, below, pass, pre);
    }
  },
});

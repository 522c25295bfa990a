import type { Builder } from "../net/builder";
import { defineRule } from "../net/rule";
import { countMistakes, thresholdReadout } from "../net/threshold";

/** What the threshold units say, and where they are mistaken. */
function judge(step: Builder) {
  const projection = step.net.projections.at(-1)!;
  step.inPhase("forward").project(projection, { to: step.drive(projection.post), activation: "identity" });
  return { projection, error: thresholdReadout(step) };
}

/** On a mistake the right unit's weights take the input on, and those of the unit that spoke wrongly lose it. */
function correct(step: Builder) {
  const { projection, error } = judge(step);
  const { pre, weight, layer } = projection;
  step.inPhase("correct").correlate(pre.activity, error, weight, layer);
  return { error, layer };
}

/**
 * Perceptron: nothing changes while the answer is right; after a mistake w ← w + t·x (Rosenblatt 1958; for several classes
 * Kesler's construction: Nilsson 1965). From zero weights, on separable data seen one sample at a time, it makes no more
 * than (R/γ)² mistakes (Novikoff 1962).
 */
export const perceptron = defineRule({
  name: "perceptron",
  title: "Perceptron",
  summary: "After a mistake, and only then, the weights move by the input itself.",
  source: "Rosenblatt 1958; Novikoff 1962; Nilsson 1965 (several classes)",
  shallow: true,
  start: "zero",
  params: {},
  defaults: { sgd: { rate: 1 }, momentum: { rate: 1, momentum: 0 } },
  fields: {},
  schedule(step) {
    const { error, layer } = correct(step);
    countMistakes(step, error, layer);
  },
  predict: judge,
  gradient: correct,
});

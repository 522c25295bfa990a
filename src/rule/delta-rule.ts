import { forward } from "../net/backward";
import { defineRule } from "../net/rule";

/**
 * Delta rule, also LMS: Δw = η (t − y) x, the gradient of the squared error where the output is linear (Widrow & Hoff 1960),
 * and of the cross-entropy where it is a softmax.
 */
export const deltaRule = defineRule({
  name: "delta-rule",
  title: "Delta rule",
  summary: "A single layer moves each weight by its input times how far the output is off.",
  source: "Widrow & Hoff 1960; Rumelhart, Hinton & Williams 1986, eq. 1",
  shallow: true,
  start: "zero",
  params: {},
  fields: {},
  schedule(step) {
    forward(step);
    const { pre, weight, layer } = step.net.projections.at(-1)!;
    step.inPhase("correct").correlate(pre.activity, step.readout(), weight, layer);
  },
});

import { deltaRule, linearLayer, readoutParams, unsupervised, watchNorm } from "../net/hebbian";
import { defineRule } from "../net/rule";

/** Plain Hebb: Δw = y x. Weights grow along what correlates, and nothing ever stops them (Hebb 1949). */
export const hebb = defineRule({
  name: "hebb",
  title: "Hebb",
  summary:
    "Synapses between neurons that are active together grow, without end; a readout learns from what they make.",
  source: "Hebb 1949; Δw = y x as in Oja 1982, eq. 1",
  params: readoutParams,
  defaults: { sgd: { rate: 1e-5 }, momentum: { rate: 1e-6 } },
  fields: {},
  schedule(step) {
    for (const projection of unsupervised(step)) {
      const { pre, weight, layer } = projection;
      const post = linearLayer(step, projection);
      step.inPhase("learn").change("rule/hebb", weight, layer, { pre: pre.activity, post }, { bias: false });
      watchNorm(step, projection);
    }
    deltaRule(step);
  },
});

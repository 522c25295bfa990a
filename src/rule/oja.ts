import { deltaRule, linearLayer, readoutParams, unsupervised, watchNorm } from "../net/hebbian";
import { defineRule } from "../net/rule";

/**
 * Oja's rule: Δw = y (x − y w). Hebbian growth with a decay that holds |w| at 1, so that w comes to the first principal
 * component of its input (Oja 1982).
 */
export const oja = defineRule({
  name: "oja",
  title: "Oja's rule",
  summary:
    "Hebb's growth with a decay that holds each neuron's weights at length 1: it finds the first principal component.",
  source: "Oja 1982, eq. 3",
  params: readoutParams,
  defaults: { sgd: { rate: 0.001 }, momentum: { rate: 1e-4 } },
  fields: {},
  schedule(step) {
    for (const projection of unsupervised(step)) {
      const { pre, weight, layer } = projection;
      const post = linearLayer(step, projection);
      step.inPhase("learn").change("rule/oja", weight, layer, { pre: pre.activity, post }, { bias: false });
      watchNorm(step, projection);
    }
    deltaRule(step);
  },
});

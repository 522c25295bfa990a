import { deltaRule, explained, linearLayer, readoutParams, unsupervised, watchNorm } from "../net/hebbian";
import { defineRule } from "../net/rule";

/**
 * Sanger's rule, the generalised Hebbian algorithm: Δw_j = y_j (x − Σ_{k ≤ j} w_k y_k). Each neuron learns as by Oja's rule
 * from what the neurons before it leave unexplained, so that they find the principal components in order (Sanger 1989).
 */
export const sanger = defineRule({
  name: "sanger",
  title: "Sanger's rule",
  summary:
    "Each neuron learns from what the ones before it leave unexplained: together they find the principal components.",
  source: "Sanger 1989, eq. 4",
  params: readoutParams,
  defaults: { sgd: { rate: 0.001 }, momentum: { rate: 1e-4 } },
  fields: {},
  schedule(step) {
    for (const projection of unsupervised(step)) {
      const { pre, weight, layer } = projection;
      const post = linearLayer(step, projection);
      step.inPhase("learn");
      const seen = { pre: pre.activity, post, explained: explained(step, projection, post) };
      step.change("rule/sanger", weight, layer, seen, { bias: false });
      watchNorm(step, projection);
    }
    deltaRule(step);
  },
});

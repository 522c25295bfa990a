import { deltaRule, readoutParams, slidingSquare, unsupervised, watchNorm } from "../net/hebbian";
import { defineRule } from "../net/rule";

/**
 * BCM: Δw = y (y − θ) x, where each neuron's threshold θ slides with the mean of y². Strong answers grow and weak ones fade,
 * until a neuron answers to few inputs; the threshold outruns the growth (Bienenstock, Cooper & Munro 1982).
 */
export const bcm = defineRule({
  name: "bcm",
  title: "BCM",
  summary:
    "Answers above a neuron's own sliding threshold are strengthened, those below it fade: neurons become selective.",
  source: "Bienenstock, Cooper & Munro 1982; threshold E[y²] as in Intrator & Cooper 1992, eq. 2.6",
  params: {
    ...readoutParams,
    sliding: { default: 0.05, min: 0, max: 1, about: "share of the threshold that a batch renews" },
  },
  defaults: { sgd: { rate: 0.001 }, momentum: { rate: 1e-4 } },
  fields: {},
  schedule(step) {
    for (const projection of unsupervised(step)) {
      const { pre, post, weight, layer } = projection;
      step.inPhase("forward").project(projection, { bias: false });
      const threshold = slidingSquare(step.inPhase("learn"), post, "threshold");
      const seen = { pre: pre.activity, post: post.activity, threshold };
      step.change("rule/bcm", weight, layer, seen, { bias: false });
      watchNorm(step, projection);
    }
    deltaRule(step);
  },
});

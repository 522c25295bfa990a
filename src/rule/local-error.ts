import { classifierOf } from "../net/classifier";
import { defineRule, likeWeight, perSynapse } from "../net/rule";

/**
 * Local errors: each hidden layer has a small linear classifier of its own, and learns from that classifier's error alone;
 * activity goes on to the next layer as it is (Nøkland & Eidnes 2019, the prediction loss of section 2; Mostafa et al. 2018).
 */
export const localError = defineRule({
  name: "local-error",
  title: "Local errors",
  summary: "Each layer learns from a small classifier of its own, and waits for no other layer.",
  source: "Nøkland & Eidnes 2019, section 2 (prediction loss); Mostafa, Ramesh & Cauwenberghs 2018",
  params: {},
  options: {
    feedback: {
      default: "transpose",
      choices: ["transpose", "random"],
      about: "what a classifier's error returns through: its own weights, or fixed random ones",
    },
  },
  fields: { feedback: perSynapse(likeWeight) },
  schedule(step, { feedback }, options) {
    step.inPhase("local loss");
    const last = step.net.projections.at(-1)!;
    for (const projection of step.net.projections) {
      const { pre, post, weight, layer } = projection;
      step.project(projection);
      if (projection === last) {
        step.correlate(pre.activity, step.readout(), weight, layer);
        continue;
      }
      const { classifier, error } = classifierOf(step, post);
      const through = options.feedback === "random" ? feedback(classifier) : classifier.weight;
      const delivered = step.transport(through, error, post);
      step.correlate(post.activity, error, classifier.weight, layer);
      step.correlate(pre.activity, delivered, weight, layer);
    }
  },
});

import { forward } from "../net/backward";
import { defineRule, likeWeight, perPopulationFromOutput } from "../net/rule";

/** Direct feedback alignment: the output's error reaches every hidden layer at once, through fixed random weights (Nøkland 2016, eq. 7). */
export const directFeedbackAlignment = defineRule({
  name: "direct-feedback-alignment",
  title: "Direct feedback alignment",
  summary: "The output's error reaches every hidden layer at once, through fixed random weights of its own.",
  source: "Nøkland 2016, eq. 7",
  params: {},
  defaults: { sgd: { rate: 0.05 }, momentum: { rate: 0.05 } },
  fields: { feedback: perPopulationFromOutput(likeWeight) },
  schedule(step, { feedback }) {
    forward(step);
    const error = step.inPhase("backward").readout();
    for (const { pre, post, weight, layer } of step.net.projections) {
      const delivered = post.error === error ? error : step.transport(feedback(post), error, post);
      step.correlate(pre.activity, delivered, weight, layer);
    }
  },
});

import { backward, forward } from "../net/backward";
import { defineRule, likeWeight, perSynapse } from "../net/rule";

/** Feedback alignment: errors return through fixed random weights (Lillicrap et al. 2016, eq. 2). */
export const feedbackAlignment = defineRule({
  name: "feedback-alignment",
  title: "Feedback alignment",
  summary: "Errors return through fixed random weights, and the forward weights come to fit them.",
  source: "Lillicrap, Cownden, Tweed & Akerman 2016",
  params: {},
  defaults: { sgd: { rate: 0.05 }, momentum: { rate: 0.05 } },
  fields: { feedback: perSynapse(likeWeight) },
  schedule(step, { feedback }) {
    forward(step);
    backward(step, feedback);
  },
});

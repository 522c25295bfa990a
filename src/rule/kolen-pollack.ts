import { backward, forward } from "../net/backward";
import { defineRule, likeWeight, perSynapse } from "../net/rule";

/**
 * Kolen-Pollack: each feedback synapse makes the same change as its forward partner, from the same two neurons, and
 * decay lets both forget where they began, so that B comes to equal Wᵀ (Kolen & Pollack 1994; Akrout et al. 2019, eq. 16–17).
 */
export const kolenPollack = defineRule({
  name: "kolen-pollack",
  title: "Kolen-Pollack",
  summary: "Feedback weights change just as their forward partners do; decay makes them meet.",
  source: "Kolen & Pollack 1994; Akrout et al. 2019, eq. 16–17",
  params: {},
  defaults: { sgd: { decay: 3e-4 }, momentum: { rate: 0.07, decay: 3e-4 }, adam: { decay: 0.3 } },
  fields: { feedback: perSynapse(likeWeight) },
  schedule(step, { feedback }) {
    forward(step);
    backward(step, feedback);
    for (const projection of step.net.projections.slice(1)) {
      const { pre, post, layer } = projection;
      step.correlate(pre.activity, post.error, feedback(projection), layer);
    }
  },
});

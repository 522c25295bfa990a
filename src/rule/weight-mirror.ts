import { backward, forward } from "../net/backward";
import { defineRule, likeWeight, perSynapse } from "../net/rule";

/**
 * Weight mirror: in a phase of its own each layer sends noise forward, and the feedback synapses learn from the noise and
 * what it evoked; since E[ξ (W ξ)ᵀ] = Wᵀ they come to mirror the forward weights (Akrout et al. 2019, eq. 5–7).
 */
export const weightMirror = defineRule({
  name: "weight-mirror",
  title: "Weight mirror",
  summary: "Feedback weights learn to mirror the forward ones from noise that each layer sends on.",
  source: "Akrout et al. 2019, eq. 5–7",
  defaults: { sgd: { rate: 0.05 }, momentum: { rate: 0.05 } },
  params: {
    mirror: {
      default: 0.02,
      min: 0,
      max: 1,
      about: "share of a feedback weight that each noisy batch renews",
    },
  },
  fields: { feedback: perSynapse(likeWeight) },
  schedule(step, { feedback }) {
    step.inPhase("mirror");
    for (const projection of step.net.projections.slice(1)) {
      const { pre, post, layer } = projection;
      const noise = step.noise(pre);
      const evoked = step.project(projection, {
        from: noise,
        to: step.neurons(post, "evoked"),
        activation: "identity",
        bias: false,
      });
      // B ← (1 − m) B + m ⟨ξ (W ξ)ᵀ⟩: Hebbian, so the optimiser, which descends, is given −m.
      step.correlate(noise, evoked, feedback(projection), layer, {
        change: "sgd",
        settings: ["mirror", ({ mirror = 0 }) => ({ rate: -mirror, decay: -1 })],
      });
    }
    forward(step);
    backward(step, feedback);
  },
});

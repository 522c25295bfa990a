import { competitionGradient, competitionParams, ranked, respond, softmax } from "../net/competition";
import { deltaRule, readOut, readoutParams, unsupervised, watchNorm } from "../net/hebbian";
import { defineRule } from "../net/rule";

/**
 * SoftHebb: neurons share each sample by a softmax of their drives and move towards it by their share, Δw = y (x − u w)
 * (Moraitis et al. 2022); all but the winner may do so with the sign turned over (Journé et al. 2023).
 */
export const softHebb = defineRule({
  name: "soft-hebb",
  title: "SoftHebb",
  summary:
    "Neurons share each input by a softmax and move towards it by their share; the losers may move away.",
  source: "Moraitis et al. 2022, eq. 5; anti-Hebbian losers: Journé et al. 2023, eq. 3",
  params: {
    ...readoutParams,
    ...competitionParams,
    temperature: { default: 0.125, min: 1e-4, max: 1e4, about: "temperature of the softmax" },
    losers: { default: -0.3, min: -1, max: 1, about: "how losers learn: below 0 away from the input" },
  },
  defaults: { sgd: { rate: 10 }, momentum: { rate: 1 } },
  fields: {},
  schedule(step) {
    for (const projection of unsupervised(step)) {
      const { post, weight, layer } = projection;
      const { input, drive } = respond(step, projection);
      step.inPhase("learn");
      const sharp = step.local(
        "neuron/competition/sharpened",
        step.neurons(post, "sharpened"),
        { drive },
        { layer },
      );
      const share = softmax(step, post, sharp);
      const place = ranked(step, post, drive, 1);
      step.local("neuron/competition/losers", share, { value: share, place }, { layer });
      step.change("rule/soft-hebb", weight, layer, { pre: input.value, share, drive }, { bias: false });
      watchNorm(step, projection);
    }
    deltaRule(step);
  },
  predict(step) {
    for (const projection of unsupervised(step)) respond(step, projection);
    readOut(step);
  },
  gradient: competitionGradient,
});

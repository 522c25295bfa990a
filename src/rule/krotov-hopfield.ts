import { competitionGradient, competitionParams, largest, ranked, respond } from "../net/competition";
import { deltaRule, readOut, readoutParams, unsupervised, watchNorm } from "../net/hebbian";
import { defineRule, perSynapse, zero } from "../net/rule";

/**
 * Krotov & Hopfield's competing neurons: of each layer the one that answers most moves towards the input, the one at place k
 * a little away from it, Δw = g (x − u w), and no other learns. A step's largest change is the rate (2019, eq. 3 and 10).
 */
export const krotovHopfield = defineRule({
  name: "krotov-hopfield",
  title: "Krotov & Hopfield's competing neurons",
  summary:
    "The neuron that answers most moves towards the input, a close rival away from it; the labels come in last.",
  source: "Krotov & Hopfield 2019, eq. 1, 3 and 10, with p = 2; the step's normalisation as in their code",
  params: {
    ...readoutParams,
    ...competitionParams,
    inhibition: { default: 0.4, min: 0, max: 10, about: "strength Δ with which the rival unlearns" },
  },
  options: { rank: { default: 2, min: 2, max: 100, about: "place k of the rival that unlearns" } },
  defaults: { sgd: { rate: 0.005 }, momentum: { rate: 5e-4 } },
  fields: { direction: perSynapse(zero) },
  schedule(step, { direction }, { rank }) {
    for (const projection of unsupervised(step)) {
      const { post, weight, layer } = projection;
      const { input, drive } = respond(step, projection);
      step.inPhase("learn");
      const place = ranked(step, post, drive, rank);
      const verdict = step.local(
        "neuron/competition/verdict",
        step.neurons(post, "verdict"),
        { place },
        { layer },
      );
      const into = direction(projection);
      const seen = { pre: input.value, verdict, drive };
      step.change("rule/krotov-hopfield", weight, layer, seen, { bias: false, into });
      step.follow(into, largest(step, into, layer), weight, layer);
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

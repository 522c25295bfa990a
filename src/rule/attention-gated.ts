import * as reward from "../net/reward";
import { defineRule, likeWeight, perSynapse } from "../net/rule";

/**
 * Attention-gated reinforcement: the output says what reward it expects of each choice. The one that is made sends attention
 * down, which tags the synapses that took part in it, and dopamine, reward less what the choice promised, moves those that are
 * tagged (Roelfsema & van Ooyen 2005, eq. 8–13; deep, as in Pozzi, Bohté & Roelfsema 2020).
 */
export const attentionGated = defineRule({
  name: "attention-gated",
  title: "Attention-gated reward",
  summary: "The chosen output tags the synapses that took part; dopamine then decides what becomes of them.",
  source: "Roelfsema & van Ooyen 2005; Rombouts, Bohté & Roelfsema 2015; Pozzi, Bohté & Roelfsema 2020",
  params: {
    exploration: {
      default: 0.05,
      min: 0,
      max: 1,
      about: "ε, the chance of choosing any output instead of the best",
    },
  },
  options: {
    feedback: {
      default: "learned",
      choices: ["learned", "transpose"],
      about:
        "attention goes down through synapses that change just as their forward partners do, or through those themselves",
    },
  },
  defaults: { sgd: { rate: 0.05 }, momentum: { rate: 0.02, decay: 1e-4 }, adam: { decay: 0.1 } },
  fields: { feedback: perSynapse(likeWeight) },
  schedule(step, { feedback }, { feedback: kind }) {
    const quiet = reward.quietTrial(step.inPhase("trial"));
    const value = quiet.at(-1)!;
    const chosen = reward.choose(step, value, reward.luck(step), "greedy");
    const promised = reward.ofChosen(step, chosen, value);
    const { dopamine } = reward.reward(step, chosen, promised);
    step.inPhase("attention");
    let attention = chosen.choice;
    for (const projection of [...step.net.projections].reverse()) {
      const { pre, weight, layer } = projection;
      const learned = kind === "learned" && pre.layer > 0;
      const down = learned ? feedback(projection) : weight;
      const into = step.neurons(pre, "attention");
      const below = pre.layer > 0 ? step.transport(down, attention, pre, { into }) : attention;
      const factors = { pre: pre.activity, eligibility: attention, dopamine };
      reward.threeFactor(step, weight, layer, factors);
      if (learned) reward.threeFactor(step, down, layer, factors);
      attention = below;
    }
    step.inPhase("score").readout();
  },
});

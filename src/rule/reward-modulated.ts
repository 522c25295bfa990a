import type { Field } from "../gpu/field";
import type { Builder } from "../net/builder";
import type { Projection } from "../net/projection";
import * as reward from "../net/reward";
import { defineRule, perSynapse, zero } from "../net/rule";

/** How one projection's synapses learn: from what came in, how their neuron deviated, and a scalar for all. */
type Learn = (projection: Projection, pre: Field, eligibility: Field, dopamine: Field) => void;

/**
 * REINFORCE (Williams 1992, eq. 11): the output's eligibility is its choice less how likely that was. Hidden layers that learn
 * replay the trial with a little noise on their neurons. How much surer that makes the network of its choice is one more
 * scalar for all, and on the average noise and certainty rise together along the gradient of ln p(choice).
 */
function reinforce(step: Builder, relative: boolean, hiddenLearns: boolean, learn: Learn): void {
  const hidden = step.net.projections.slice(0, -1);
  const top = step.net.projections.at(-1)!;
  const quiet = reward.quietTrial(step.inPhase("trial"));
  const value = quiet.at(-1)!;
  const chosen = reward.choose(step, value, reward.luck(step), "softmax");
  const expected = relative ? reward.ofChosen(step, chosen, chosen.policy) : reward.runningReward;
  const { earned, dopamine } = reward.reward(step, chosen, expected, { relative });
  if (hiddenLearns && hidden.length > 0) {
    const { strays, said } = reward.noisyTrial(step.inPhase("replay"), quiet, 0, hidden.length);
    const praise = reward.praise(step, dopamine, reward.surer(step, said.at(-1)!, value, chosen));
    step.inPhase("learn");
    for (const [l, projection] of hidden.entries())
      learn(
        projection,
        projection.pre.activity,
        reward.strayed(step, projection, strays[l]!, projection.post.activity),
        praise,
      );
  }
  learn(top, top.pre.activity, reward.unlikely(step.inPhase("learn"), chosen), dopamine);
  if (!relative) reward.expect(step, earned);
}

/**
 * Node perturbation (Williams 1992, section 6; Fiete & Seung 2006, eq. 4): all neurons are given noise, and where reward
 * exceeds what was expected, each synapse moves its neuron the way the noise did. `twin` expects what the same sample,
 * with the same luck and no noise, earns.
 */
function perturb(step: Builder, twin: boolean, hiddenLearns: boolean, learn: Learn): void {
  const { projections } = step.net;
  const quiet = reward.quietTrial(step.inPhase("trial"));
  const luck = reward.luck(step);
  const first = hiddenLearns ? 0 : projections.length - 1;
  const { strays, said } = reward.noisyTrial(step, quiet, first, projections.length);
  const chosen = reward.choose(step, said.at(-1)!, luck, "softmax");
  const expected = twin ? quietReward(step, quiet.at(-1)!, luck) : reward.runningReward;
  const { earned, dopamine } = reward.reward(step, chosen, expected);
  step.inPhase("learn");
  for (const [l, projection] of projections.entries())
    if (l >= first)
      learn(
        projection,
        said[l - 1] ?? projection.pre.activity,
        reward.strayed(step, projection, strays[l]!, said[l]!),
        dopamine,
      );
  if (!twin) reward.expect(step, earned);
}

/** What the sample would have earned without noise, chosen with the same luck. */
function quietReward(step: Builder, value: Field, luck: Field): Field {
  const chosen = reward.choose(step, value, luck, "softmax", "-quiet");
  return reward.reward(step, chosen, reward.runningReward, { name: "-quiet" }).earned;
}

/**
 * Reward-modulated plasticity: Δw ∝ pre × how the post neuron deviated × dopamine, reward less what was expected of it
 * (Williams 1992; Frémaux & Gerstner 2016, eq. 9–11). Labelled samples are a bandit: choose a class, earn 1 or 0.
 */
export const rewardModulated = defineRule({
  name: "reward-modulated",
  title: "Reward-modulated",
  summary:
    "Synapses hear what came in, how their neuron strayed, and whether things went better than expected.",
  source:
    "Williams 1992; Fiete & Seung 2006; Frémaux & Gerstner 2016; relative reward after Roelfsema & van Ooyen 2005",
  params: {
    exploration: {
      default: 0.1,
      min: 0,
      max: 1,
      about: "ε, the chance of choosing any output whatever their odds",
    },
    noise: {
      default: 0.05,
      min: 1e-4,
      max: 10,
      about: "standard deviation of the noise on a neuron's drive",
    },
    memory: { default: 1000, min: 1, max: 1e6, about: "steps over which the expected reward is averaged" },
    trace: {
      default: 0.9,
      min: 0,
      max: 0.999999,
      about: "share of a synapse's eligibility kept from step to step",
    },
    hiddenRate: { default: 0.0001, min: 0, max: 100, about: "learning rate of the hidden layers" },
  },
  options: {
    form: {
      default: "reinforce",
      choices: ["reinforce", "node-perturbation"],
      about:
        "what makes a neuron eligible: its choice against its odds (hidden: noise in a replay), or noise throughout",
    },
    expectation: {
      default: "sample",
      choices: ["sample", "running"],
      about:
        "what reward is held against: the sample's own (the choice's chance, or the trial without noise), or a running mean",
    },
    hidden: { default: "learned", choices: ["learned", "frozen"], about: "whether hidden layers learn" },
    eligibility: {
      default: "trial",
      choices: ["trial", "trace"],
      about: "whether eligibility ends with the step or lasts, for reward that comes late",
    },
  },
  defaults: { sgd: { rate: 0.05 }, momentum: { rate: 0.005 } },
  fields: { eligibility: perSynapse(zero) },
  schedule(step, { eligibility }, { form, expectation, hidden, eligibility: lasts }) {
    const top = step.net.projections.at(-1)!;
    const learn: Learn = (projection, pre, eligible, dopamine) => {
      const { weight, layer } = projection;
      const factors = { pre, eligibility: eligible, dopamine };
      const past = lasts === "trace" ? eligibility(projection) : undefined;
      reward.threeFactor(step, weight, layer, factors, { past, hidden: projection !== top });
    };
    const learns = hidden === "learned";
    if (form === "reinforce") reinforce(step, expectation === "sample", learns, learn);
    else perturb(step, expectation === "sample", learns, learn);
    step.inPhase("score").readout();
  },
});

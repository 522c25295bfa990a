/**
 * Local rules from nothing but their change: hidden layers of linear neurons that learn by one WGSL function over what a
 * synapse may see, under a readout that alone is told the labels. The function's own arguments say which traces are kept and
 * whether a reward is given, so a rule that somebody has just typed and one in src/rule run by the same schedule.
 *
 * | argument | what it is | where it is |
 * | --- | --- | --- |
 * | `w` | the weight | the synapse |
 * | `pre` | what the pre neuron says | pre neuron |
 * | `post` | the post neuron's drive Σ w·pre, before any activation | post neuron |
 * | `preTrace`, `postTrace` | low-pass traces of the two, `tauTrace` steps long | pre, post neuron |
 * | `postSquareTrace` | low-pass trace of post², as BCM's threshold is | post neuron |
 * | `eligibility` | low-pass trace of pre · post, `tauEligibility` steps long | the synapse |
 * | `dopamine` | 1 or 0, as the readout chose right or wrong, less the running mean of that | one scalar a sample, for all |
 *
 * Traces take in the mean over the batch, and this step's before the weights change. A change that asks for `rate` or `decay`
 * multiplies by it itself: the optimiser then has none of its own.
 */
import type { Field } from "../gpu/field";
import type { Slot } from "../gpu/shader";
import type { Builder } from "./builder";
import { argumentsOf } from "./equation";
import {
  deltaRule,
  linearLayer,
  readOut,
  readoutParams,
  slidingMean,
  teachReadout,
  unsupervised,
  watchNorm,
} from "./hebbian";
import type { Parameter, Parameters, Values } from "./optimiser";
import type { Projection } from "./projection";
import { synapseField } from "./projection";
import { choose, expect, luck, reward, runningReward } from "./reward";

const steps = (about: string): Parameter => ({ default: 20, min: 1, max: 1e6, about });

const traceParams = { tauTrace: steps("steps over which traces fade") };
const eligibilityParams = { tauEligibility: steps("steps over which a synapse's eligibility fades") };
const dopamineParams = {
  memory: { default: 100, min: 1, max: 1e6, about: "steps over which the expected reward is averaged" },
  exploration: { default: 0, min: 0, max: 1, about: "ε, the chance that the readout chooses any class" },
};

/** Everything that a change may ask for beside numbers: in the order in which generated code lists it. */
export const seenBySynapses = [
  "w",
  "pre",
  "post",
  "preTrace",
  "postTrace",
  "postSquareTrace",
  "eligibility",
  "dopamine",
] as const;

export type Seen = (typeof seenBySynapses)[number];

const traces: readonly string[] = ["preTrace", "postTrace", "postSquareTrace"];

/** What a change asks for, by name. @throws when the text has no `fn change` */
const askedBy = (equation: Slot): ReadonlySet<string> =>
  new Set(argumentsOf(equation, "change").map(({ name }) => name));

/**
 * The parameters that a rule with this change needs beside its own: the readout's, and those of the traces it asks for.
 * @throws when the text has no `fn change`
 */
export function localParams(equation: Slot): Parameters {
  const asked = askedBy(equation);
  return {
    ...readoutParams,
    ...(traces.some((name) => asked.has(name)) && traceParams),
    ...(asked.has("eligibility") && eligibilityParams),
    ...(asked.has("dopamine") && dopamineParams),
  };
}

/** One training step: hidden layers by the change, the readout by the delta rule. @throws when the text has no `fn change` */
export function learnLocally(step: Builder, equation: Slot): void {
  const asked = askedBy(equation);
  const learn = (projection: Projection, post: Field, dopamine?: Field) => {
    const { weight, layer } = projection;
    step.inPhase("learn");
    const seen = seenFields(step, projection, post, asked);
    const fields = { pre: projection.pre.activity, ...seen, ...(dopamine && { dopamine }) };
    step.change(equation, weight, layer, fields, { bias: false, ...ownNumbers(asked) });
    watchNorm(step, projection);
  };
  if (!asked.has("dopamine")) {
    for (const projection of unsupervised(step)) learn(projection, linearLayer(step, projection));
    deltaRule(step);
    return;
  }
  const drives = unsupervised(step).map((projection) => linearLayer(step, projection));
  const error = readOut(step);
  step.inPhase("reward");
  const choice = choose(step, step.drive(step.net.populations.at(-1)!), luck(step), "softmax");
  const { earned, dopamine } = reward(step, choice, runningReward);
  for (const [l, projection] of unsupervised(step).entries()) learn(projection, drives[l]!, dopamine);
  teachReadout(step.inPhase("readout"), error);
  expect(step, earned);
}

/** The fields behind the names that a change asks for, with what keeps them up to date. */
function seenFields(
  step: Builder,
  { pre, post: population, layer }: Projection,
  post: Field,
  asked: ReadonlySet<string>,
): Record<string, Field> {
  const fields: Record<string, Field> = {};
  if (asked.has("post")) fields.post = post;
  if (asked.has("preTrace")) fields.preTrace = slidingMean(step, pre, pre.activity, "preTrace", { layer });
  if (asked.has("postTrace")) fields.postTrace = slidingMean(step, population, post, "postTrace", { layer });
  if (asked.has("postSquareTrace"))
    fields.postSquareTrace = slidingMean(step, population, post, "postSquareTrace", { layer, square: true });
  if (asked.has("eligibility")) {
    const eligibility = synapseField(pre, population, "eligibility");
    // e ← e + (⟨pre · post⟩ − e) / τ: Hebbian, so the optimiser, which descends, is given a rate of −1/τ.
    step.correlate(pre.activity, post, eligibility, layer, {
      change: "sgd",
      settings: ["eligibility", ({ tauEligibility = 1 }) => ({ rate: -1 / tauEligibility, decay: -1 })],
    });
    fields.eligibility = eligibility;
  }
  return fields;
}

/** What the change multiplies by itself is not done twice. */
function ownNumbers(asked: ReadonlySet<string>) {
  if (!asked.has("rate") && !asked.has("decay")) return {};
  const source = (values: Values): Values => ({
    ...values,
    ...(asked.has("rate") && { rate: 1 }),
    ...(asked.has("decay") && { decay: 0 }),
  });
  return { settings: ["local", source] as const };
}

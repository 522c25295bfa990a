/**
 * What rules share that learn from reward: a network chooses one of its output neurons, earns a reward, and a single scalar
 * tells all its synapses how much better that was than expected (dopamine: Schultz, Dayan & Montague 1997).
 */
import type { Field } from "../gpu/field";
import type { Read } from "../gpu/schedule";
import type { Builder } from "./builder";
import type { Values } from "./optimiser";
import type { Projection } from "./projection";
import { activationSlot, own } from "./synapses";

/** How a choice is made of what the output says, where it doesn't explore: `softmax` by its exponentials, `greedy` the highest. */
export type Policy = "softmax" | "greedy";

const wide = (field: Field): Read => ({ field, index: "layer" });
const output = (step: Builder) => step.net.populations.at(-1)!;

/**
 * What every sample's choice leaves to chance, drawn anew at each step: [batch, 2]. The rule must have a parameter
 * `exploration`, the chance ε of choosing any.
 */
export function luck(step: Builder): Field {
  return step.local(
    "neuron/luck",
    step.global("luck", [step.net.batch, 2]),
    {},
    { layer: output(step).layer },
  );
}

export interface Choice {
  /** How likely each output neuron was to be chosen without exploring: [batch, classes]. */
  readonly policy: Field;
  /** 1 for the chosen neuron, 0 for the others: [batch, classes]. */
  readonly choice: Field;
}

/**
 * Each sample's network chooses one output neuron.
 * @param value what it chooses by: [batch, classes], a drive or an action value
 * @param chance what `luck` drew; equal chance makes equal choices of equal values
 * @param name tells several choices of one step apart
 */
export function choose(step: Builder, value: Field, chance: Field, by: Policy, name = ""): Choice {
  const post = output(step);
  const policy = step.neurons(post, `policy${name}`);
  const choice = step.neurons(post, `choice${name}`);
  step.add({
    verb: "pool",
    kernel: "pool/choose",
    bind: { value, luck: chance, policy, choice },
    writes: [
      { field: policy, from: [wide(value)] },
      { field: choice, from: [wide(value), ...own(chance)] },
    ],
    layer: post.layer,
    slots: { POLICY: `lib/policy/${by}` },
    constants: { ROWS: step.net.batch, SIZE: post.size },
    threads: step.net.batch,
  });
  return { policy, choice };
}

export interface Outcome {
  /** 1 where the choice was right, else 0: [batch, 1]. */
  readonly earned: Field;
  /** Reward less expectation, broadcast to all: [batch, 1]. */
  readonly dopamine: Field;
}

/**
 * The task rewards each sample's choice; nobody is told which would have been right.
 * @param expectation what the reward is held against: [batch, 1], or [1, 1] for all samples
 * @param options.relative in parts of the expectation, so that reward that was hardly expected counts for more; default false
 * @param options.name tells several rewards of one step apart
 */
export function reward(
  step: Builder,
  { choice }: Pick<Choice, "choice">,
  expectation: Field,
  { relative = false, name = "" }: { relative?: boolean; name?: string } = {},
): Outcome {
  const { net } = step;
  const earned = step.global(`reward${name}`);
  const dopamine = step.global(`dopamine${name}`);
  const from = [wide(choice), ...own(net.target)];
  step.add({
    verb: "pool",
    kernel: "pool/reward",
    bind: { choice, label: net.target, expectation, reward: earned, dopamine },
    writes: [
      { field: earned, from },
      { field: dopamine, from: [...from, ...own(expectation)] },
    ],
    layer: output(step).layer,
    constants: {
      ROWS: net.batch,
      SIZE: output(step).size,
      OWN: expectation.shape[0] === 1 ? 0 : 1,
      RELATIVE: relative ? 1 : 0,
    },
    threads: net.batch,
  });
  return { earned, dopamine };
}

/** What a value of the output neurons is at the chosen one: its chance, its action value. [batch, 1] */
export function ofChosen(step: Builder, { choice }: Pick<Choice, "choice">, value: Field): Field {
  const { layer, size } = output(step);
  const to = step.global("expected");
  return step.sum("neuron/product", to, { a: choice, b: value }, { layer, columns: size });
}

/** Keeps the mean over the batch of one value a sample: in `history`, the row by the clock, the column by the turn from `column` on. */
export function journal(step: Builder, value: Field, history: Field, column = 0): void {
  const { clock } = step.net;
  const [kept = 1, columns = 1] = history.shape;
  step.add({
    verb: "pool",
    kernel: "pool/journal",
    bind: { value, history, clock },
    writes: [{ field: history, from: [{ field: value, index: "batch" }, ...own(history, clock)] }],
    layer: output(step).layer,
    constants: { ROWS: value.shape[0]!, KEPT: kept, STRIDE: 4 * Math.ceil(columns / 4), COLUMN: column },
    groups: 1,
  });
}

/** The running mean of the reward, the same in every use of the network: [1, 1]. */
export const runningReward: Field = {
  name: "expectation",
  site: "global",
  home: "",
  shape: [1, 1],
  type: "f32",
  initial: { kind: "zero" },
};

/** Moves the running mean towards the batch's mean reward, by one part in `memory`, a parameter that the rule must have. */
export function expect(step: Builder, earned: Field): void {
  const { layer } = output(step);
  const came = step.total(earned, step.global("reward-mean", [1, 1]), { layer });
  step.local("neuron/expect", runningReward, { expectation: runningReward, came }, { layer });
}

/** How much surer of its choice a softmax output is at one drive than at another, ln p(choice) − ln p′(choice): [batch, 1]. */
export function surer(step: Builder, now: Field, before: Field, { choice }: Pick<Choice, "choice">): Field {
  const post = output(step);
  const result = step.global("surer");
  step.add({
    verb: "pool",
    kernel: "pool/confidence",
    bind: { now, before, choice, result },
    writes: [{ field: result, from: [wide(now), wide(before), wide(choice)] }],
    layer: post.layer,
    constants: { ROWS: step.net.batch, SIZE: post.size },
    threads: step.net.batch,
  });
  return result;
}

/** Activity goes up to the drives, which noise can join later, and on: @returns the drive of each projection, [batch, post]. */
export function quietTrial(step: Builder): Field[] {
  return step.net.projections.map((projection) => {
    const { pre, post, layer } = projection;
    const at = step.project(projection, { from: pre.activity, to: step.drive(post), activation: "identity" });
    const slots = activationSlot(post.activation);
    if (post !== output(step) || step.net.output !== "softmax")
      step.local("neuron/activate", post.activity, { drive: at }, { layer, slots });
    return at;
  });
}

/** What a trial with noise on the neurons' drives came to, by projection. */
export interface NoisyTrial {
  /** The noise ξ / σ of each projection that has any: [batch, post]. */
  readonly strays: readonly Field[];
  /** What each said with it: [batch, post]; of the output, the drive. */
  readonly said: readonly Field[];
}

/**
 * The same input once more, with noise on the drive of the neurons of projections `from` (included) to `to` (not included);
 * the rule must have a parameter `noise`, its standard deviation. Up to the first noise all is as in the quiet trial.
 */
export function noisyTrial(step: Builder, quiet: readonly Field[], from: number, to: number): NoisyTrial {
  const strays: Field[] = [];
  const said: Field[] = [];
  for (const [l, projection] of step.net.projections.entries()) {
    const { post, layer } = projection;
    if (l < from) {
      said[l] = post.activity;
      continue;
    }
    const pre = said[l - 1];
    const at =
      l > from && pre
        ? step.project(projection, {
            from: pre,
            to: step.neurons(post, "noisy-drive"),
            activation: "identity",
          })
        : quiet[l]!;
    said[l] = at;
    if (l >= to) continue;
    strays[l] = step.noise(post);
    const slots = activationSlot(post === output(step) ? "identity" : post.activation);
    const fields = { drive: at, stray: strays[l]! };
    said[l] = step.local("neuron/stray", step.neurons(post, "noisy"), fields, { layer, slots });
  }
  return { strays, said };
}

/**
 * How far noise led each neuron off, as its synapses remember it, ξ / σ²: [batch, size].
 * @param said by the neurons: those that were silent (or saturated) passed no noise on and are not eligible
 */
export function strayed(step: Builder, { post, layer }: Projection, stray: Field, said: Field): Field {
  const to = step.neurons(post, "eligibility");
  const canRest = post.activation === "relu" || post.activation === "hard-sigmoid";
  return canRest && post !== output(step)
    ? step.local(
        "neuron/stray-eligible",
        to,
        { stray, said },
        { layer, slots: activationSlot(post.activation) },
      )
    : step.local("neuron/stray-share", to, { stray }, { layer });
}

/** The output's choice less how likely it was, the slope of ln p(choice) by the drive: [batch, classes]. */
export function unlikely(step: Builder, { choice, policy }: Choice): Field {
  const post = output(step);
  const fields = { value: choice, prediction: policy };
  return step.local("neuron/difference", step.neurons(post, "eligibility"), fields, { layer: post.layer });
}

/** Two scalars for all make one: dopamine, times how much surer noise made the network. */
export function praise(step: Builder, dopamine: Field, surer: Field): Field {
  const { layer } = output(step);
  return step.local("neuron/product", step.global("praise"), { a: dopamine, b: surer }, { layer });
}

/** The hidden layers' own rate, where a rule has one: what noise tells them is fainter than what the output hears. */
const ownRate = [
  "hidden",
  (values: Values): Values => ({ ...values, rate: values.hiddenRate ?? 0 }),
] as const;

/**
 * Three factors: each synapse's pre activity, its post neuron's eligibility, and dopamine.
 * @param options.hidden takes the parameter `hiddenRate` for the rate
 * @param options.past the synapses' lasting trace of pre × eligibility; the rule must then have a parameter `trace`, what of it is kept a step
 */
export function threeFactor(
  step: Builder,
  weight: Field,
  layer: number,
  fields: { readonly pre: Field; readonly eligibility: Field; readonly dopamine: Field },
  { hidden = false, past }: { hidden?: boolean; past?: Field | undefined } = {},
): void {
  const learning = hidden ? { settings: ownRate } : {};
  if (!past) {
    step.change("rule/three-factor", weight, layer, fields, learning);
    return;
  }
  step.change("rule/eligibility-trace", weight, layer, { ...fields, past }, learning);
  // e ← λ e + ⟨x · eligibility⟩: Hebbian, so the optimiser, which descends, is given −1.
  step.correlate(fields.pre, fields.eligibility, past, layer, {
    change: "sgd",
    settings: ["trace", ({ trace = 0 }) => ({ rate: -1, decay: trace - 1 })],
  });
}

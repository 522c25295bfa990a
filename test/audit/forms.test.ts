/** The forms that rules come in beside their default, held against the machine as test/audit/intervention.test.ts does. */
import { describe, it } from "vitest";
import { findRule } from "../../src/experiment/rules";
import type { Values } from "../../src/net/optimiser";
import type { Chosen } from "../../src/net/rule";
import { expectHeardAsClaimed, expectTransportsAsClaimed } from "../support/intervene";

/** Enough noise that trials with and without it end differently; else dopamine would be zero and hide what it depends on. */
const noisy = { noise: 2 };

const forms: readonly (readonly [rule: string, form: Chosen, values?: Values])[] = [
  ["predictive-coding", { feedback: "learned" }],
  ["predictive-coding", { form: "z-il" }],
  ["predictive-coding", { form: "fixed-prediction" }],
  ["predictive-coding", { form: "incremental", steps: 3 }],
  ["equilibrium-propagation", { feedback: "learned" }],
  ["equilibrium-propagation", { nudging: "symmetric" }],
  ["equilibrium-propagation", { persistent: "yes" }],
  ["forward-forward", { data: "hybrid" }],
  ["forward-forward", { classify: "labels", goodness: "mean" }],
  ["local-error", { feedback: "random" }],
  ["reward-modulated", { form: "node-perturbation" }, noisy],
  ["reward-modulated", { expectation: "running" }],
  ["reward-modulated", { form: "node-perturbation", eligibility: "trace" }, noisy],
  ["reward-modulated", { hidden: "frozen" }],
  ["attention-gated", { feedback: "transpose" }],
];

describe.each(forms.map(([name, form, values]) => ({ name, form, values })))(
  "$name $form",
  ({ name, form, values }) => {
    it("transports the weights that the audit names, and no other", () =>
      expectTransportsAsClaimed(findRule(name), form, values));
    it("hears what the audit says, and nothing that cannot reach it", () =>
      expectHeardAsClaimed(findRule(name), form, values));
  },
);

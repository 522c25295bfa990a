/** Verdicts for the rules that learn from reward: one scalar for all, and no synapse that knows another's strength. */
import { expect, it } from "vitest";
import { auditRule } from "../../src/experiment/audit";

const layers = [9, 8, 7, 3];

it.each([{ form: "reinforce", expectation: "sample" }])("debug %s", (options) => {
  for (const [rule, o] of [["reward-modulated", options], ["reward-modulated", {form: "node-perturbation"}], ["reward-modulated", {expectation:"running"}], ["attention-gated", {}], ["attention-gated", {feedback: "transpose"}]] as const) {
    const { summary, updates } = auditRule(rule, { layers, options: o as never });
    console.log(rule, o, JSON.stringify(summary, null, 1), updates.map((u) => `${u.weight} ${u.forward} ${u.locality} ${u.locking.layers} ${u.locking.steps} ${JSON.stringify(u.teaching)} ${u.heard.map((h) => `${h.field}:${h.origin}`)}`).join("\n"));
  }
  expect(1).toBe(1);
});

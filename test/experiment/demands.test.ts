/** What the gap's picture says of each rule, against the audit's own structure. */
import { expect, test } from "vitest";
import { auditRule } from "../../src/experiment/audit";
import { demandCount, demandsOf } from "../../src/experiment/demands";
import { rules } from "../../src/experiment/rules";

const asked = (name: string) => {
  const rule = rules.find((one) => one.name === name)!;
  const layers = rule.shallow ? [6, 3] : [6, 5, 4, 3];
  return auditRule(rule, { layers });
};

test.each(rules.map(({ name }) => name))("the summary of %s says what its updates say", (name) => {
  const { summary, updates } = asked(name);
  expect(demandsOf(summary)).toEqual({
    transport: updates.some(({ weightTransport }) => weightTransport.length > 0),
    locking: updates.some(({ locking }) => locking.layers.some(Number.isFinite)),
    remote: updates.some(
      ({ teaching }) => teaching?.kind === "one value per neuron" && teaching.distance > 0,
    ),
  });
});

test("backprop asks for all three, feedback alignment for two, a scalar teacher for the waiting alone, Hebb for none", () => {
  const count = (name: string) => demandCount(demandsOf(asked(name).summary));
  expect(count("backprop")).toBe(3);
  expect(count("feedback-alignment")).toBe(2);
  expect(count("reward-modulated")).toBe(1);
  expect(count("hebb")).toBe(0);
});

test("words that the audit does not use are refused", () => {
  const summary = { weightTransport: "none", updateLocking: "waits for no other layer", locality: "local" };
  expect(() => demandsOf({ ...summary, teachingSignal: "two scalars" })).toThrow(/teach demandsOf its words/);
});

/** Verdicts on the rules that learn from reward: one scalar for all, and no synapse that has to know another's strength. */
import { describe, expect, it } from "vitest";
import { auditRule } from "../../src/experiment/audit";

const layers = [9, 8, 7, 3];
const updatesOf = (rule: string, options: Record<string, string>) =>
  auditRule(rule, { layers, options }).updates;

describe.each([{}, { expectation: "running" }, { form: "node-perturbation" }])(
  "reward-modulated %o",
  (options) => {
    it("hears its own neurons and one broadcast scalar", () => {
      for (const { layer, locality, heard, teaching, weightTransport } of updatesOf(
        "reward-modulated",
        options,
      )) {
        const scalars = heard.filter(({ origin }) => origin === "broadcast");
        expect(scalars).toHaveLength(1);
        expect(teaching).toEqual({
          kind: "one scalar",
          distance: 3 - layer,
          transports: 0,
          bitsPerSample: 32,
        });
        expect(weightTransport).toEqual([]);
        // A softmax choice is held against its odds, which the whole output population sets: lateral, and not hidden from view.
        const lateral = layer === 3 && !("form" in options);
        expect(locality).toBe(lateral ? "lateral" : "three-factor");
        expect(heard.filter(({ origin }) => origin === "own")).toHaveLength(lateral ? 1 : 2);
      }
    });
  },
);

it("a synapse with an eligibility trace hears that as well, its own", () => {
  const first = updatesOf("reward-modulated", { form: "node-perturbation", eligibility: "trace" }).find(
    ({ weight }) => weight === "input-hidden1/weight",
  )!;
  expect(first.locality).toBe("three-factor");
  expect(first.heard.map(({ field, origin }) => `${field}: ${origin}`)).toContain(
    "input-hidden1/eligibility: own",
  );
});

describe("attention-gated", () => {
  it.each(["learned", "transpose"])(
    "with %s feedback: attention is delivered, dopamine broadcast",
    (feedback) => {
      const forward = updatesOf("attention-gated", { feedback }).filter((update) => update.forward);
      for (const { layer, locality, heard, teaching, weightTransport } of forward) {
        expect(heard.find(({ field }) => field === "dopamine")!.origin).toBe("broadcast");
        const hidden = layer < 3;
        expect(locality).toBe(hidden ? "delivered" : "lateral"); // the output's winner keeps the others down
        expect(teaching!.kind).toBe(hidden ? "one value per neuron" : "one scalar");
        expect(teaching!.transports).toBe(3 - layer);
        const known = feedback === "transpose" ? ["hidden1-hidden2", "hidden2-output"].slice(layer - 1) : [];
        expect(weightTransport.map(({ weight }) => weight).sort()).toEqual(
          known.map((name) => `${name}/weight`),
        );
      }
    },
  );

  it("feedback learns from what its forward partner learns from", () => {
    for (const { layer, locality, weightTransport } of updatesOf("attention-gated", {}).filter(
      ({ forward }) => !forward,
    )) {
      expect(weightTransport).toEqual([]);
      expect(locality).toBe(layer < 3 ? "delivered" : "lateral");
    }
  });
});

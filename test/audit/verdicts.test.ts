/** Oracle: the table of verdicts in the design, layer by layer, on a network of four projections. */
import { describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit";
import { auditRule } from "../../src/experiment/audit";
import { findRule } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import type { SplitFields } from "../../src/net/builder";
import { network } from "../../src/net/network";
import { optimiserNames } from "../../src/net/optimiser";
import { ruleNames } from "../reference/step";

const layers = [9, 8, 7, 6, 3];
const last = 4;
const weights = ["input-hidden1", "hidden1-hidden2", "hidden2-hidden3", "hidden3-output"].map(
  (name) => `${name}/weight`,
);
const later = (layer: number) => Array.from({ length: last - layer }, (_, i) => layer + 1 + i);

/** What each rule's feedback goes through, for the weight of a layer; nothing where no weight is transported. */
const through: Partial<Record<string, ((weight: string) => string) | undefined>> = {
  backprop: (weight) => weight,
  "sign-symmetry": (weight) => weight.replace("weight", "feedback"),
};

describe.each(ruleNames)("%s", (rule) => {
  const direct = rule === "direct-feedback-alignment";
  const { updates, summary } = auditRule(rule, { layers });
  const forward = updates.filter((update) => update.forward);

  it("updates every weight once", () => {
    expect(forward.map(({ weight }) => weight).sort()).toEqual([...weights].sort());
  });

  it("transports just the weights that it should", () => {
    for (const { layer, weightTransport } of forward) {
      const expected = later(layer).map((l) => ({
        weight: weights[l - 1]!,
        through: through[rule]?.(weights[l - 1]!),
      }));
      const sorted = [...weightTransport].sort(
        (a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight),
      );
      expect(sorted, `layer ${layer}`).toEqual(through[rule] ? expected : []);
    }
    if (!through[rule]) expect(summary.weightTransport).toBe("none");
  });

  it("waits for all later layers: their activity, the readout, the way back", () => {
    for (const { layer, locking } of forward) {
      const back = direct ? Math.min(1, last - layer) : last - layer;
      expect(locking.layers).toEqual(later(layer));
      expect(locking.steps).toBe(last - layer + 1 + back);
      expect([...locking.phases].sort()).toEqual(layer === last ? ["backward"] : ["backward", "forward"]);
      expect(locking.superseded).toBe(0);
    }
    expect(summary.updateLocking).toBe(`layer 1 waits for later layers 2, 3 and 4: ${direct ? 5 : 7} steps`);
  });

  it("is not local: an error field delivers one value per neuron", () => {
    for (const { layer, locality, heard } of forward) {
      const names = ["input", "hidden1", "hidden2", "hidden3", "output"];
      expect(locality).toBe("delivered");
      expect(heard).toEqual([
        { field: `${names[layer - 1]}/activity`, site: "neuron", index: "own", origin: "own", carrier: null },
        {
          field: `${names[layer]}/error`,
          site: "neuron",
          index: "own",
          origin: "delivered",
          carrier: "error",
        },
      ]);
    }
    expect(summary.locality).toBe("delivered, carried by error fields");
  });

  it("is taught from L − l layers away, through as many transports or, directly, one", () => {
    for (const { layer, teaching } of forward)
      expect(teaching).toEqual({
        kind: "one value per neuron",
        distance: last - layer,
        transports: direct ? Math.min(1, last - layer) : last - layer,
        bitsPerSample: 32,
      });
  });

  it("is judged alike under every optimiser, and where the step draws its own batch", () => {
    const net = network({ layers });
    const base = { site: "neuron", home: "task" } as const;
    const split: SplitFields = {
      data: { ...base, name: "task/train", shape: [50, 9], type: "u8", role: "input" },
      labels: { ...base, name: "task/train-labels", shape: [50], type: "u32", role: "target" },
      count: 50,
    };
    for (const optimiser of optimiserNames) {
      expect(auditRule(rule, { layers, optimizer: optimiser }).updates, optimiser).toEqual(updates);
      const sampling = trainingStep(findRule(rule), net, optimiser, 1, { split });
      expect(audit(sampling.schedule), `${optimiser}, sampling`).toEqual(updates);
    }
  });
});

it("Kolen-Pollack's feedback learns from what its forward partner learns from, the mirror's from its own neurons only", () => {
  const feedback = (rule: string) => auditRule(rule, { layers }).updates.filter(({ forward }) => !forward);
  for (const { locality, weightTransport } of feedback("kolen-pollack")) {
    expect(locality).toBe("delivered");
    expect(weightTransport).toEqual([]);
  }
  for (const { layer, locality, weightTransport, teaching, locking } of feedback("weight-mirror")) {
    expect([locality, weightTransport, teaching]).toEqual(["local", [], null]);
    expect(locking.layers).toEqual([layer - 1]); // the noise of its own pre neurons
  }
  expect(feedback("kolen-pollack").map(({ layer }) => layer)).toEqual([2, 3, 4]);
  expect(feedback("weight-mirror").map(({ layer }) => layer)).toEqual([2, 3, 4]);
  expect(feedback("feedback-alignment")).toEqual([]);
});

it("counts layers in their order beyond the ninth", () => {
  const deep = auditRule("backprop", { layers: Array(13).fill(2) });
  const first = deep.updates.find(({ layer }) => layer === 1)!;
  expect(first.locking.layers).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

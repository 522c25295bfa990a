/** Oracle: the design's verdicts on the rules whose neurons settle, on a network of four projections. */
import { describe, expect, it } from "vitest";
import { auditRule } from "../../src/experiment/audit";
import type { Chosen } from "../../src/net/rule";

const layers = [9, 8, 7, 6, 3];
const later = ["hidden1-hidden2/weight", "hidden2-hidden3/weight", "hidden3-output/weight"];
const report = (rule: string, options: Chosen = {}) => {
  const { updates, summary } = auditRule(rule, { layers, options });
  return { forward: updates.filter((update) => update.forward), summary };
};

describe("predictive coding", () => {
  it("transports every later weight in its classic form, and none with learned feedback", () => {
    const classic = report("predictive-coding");
    expect(classic.forward.map(({ layer }) => layer)).toEqual([1, 2, 3, 4]);
    const first = classic.forward[0]!.weightTransport.map(({ weight }) => weight);
    expect([...first].sort()).toEqual(later);
    expect(report("predictive-coding", { feedback: "learned" }).summary.weightTransport).toBe("none");
  });

  it("waits for its inference steps over all layers, each step longer, and needs no past", () => {
    const steps = (turns: number) => report("predictive-coding", { steps: turns }).forward;
    for (const [l, { layer, locking }] of steps(10).entries()) {
      expect(locking.layers).toEqual([1, 2, 3, 4].filter((other) => other !== layer));
      expect(locking.superseded).toBe(0);
      const longer = steps(11)[l]!.locking.steps - locking.steps;
      expect(longer, `layer ${layer}`).toBeGreaterThan(10);
      expect(steps(12)[l]!.locking.steps - locking.steps).toBe(2 * longer);
    }
  });

  it.each([
    {},
    { feedback: "learned" },
    { form: "fixed-prediction" },
    { form: "z-il" },
    { form: "incremental" },
  ] as Chosen[])("hears errors that fields of their own carry: %o", (options) => {
    expect(report("predictive-coding", options).summary.locality).toBe("delivered, carried by error fields");
  });

  it.each(["standard", "fixed-prediction", "z-il", "incremental"])(
    "as %s the first layer transports every later weight, or none where the way down learns",
    (form) => {
      const transported = (feedback: string) =>
        report("predictive-coding", { form, feedback })
          .forward.filter(({ layer }) => layer === 1)
          .map(({ weightTransport }) => weightTransport.map(({ weight }) => weight).sort());
      const classic = transported("transpose");
      // Where weights move at every step, the last of a layer's updates has heard from all.
      expect(classic.at(-1)).toEqual(later);
      for (const heard of transported("learned")) expect(heard).toEqual([]);
    },
  );

  it("a learned way down learns from its own two neurons", () => {
    const { updates } = auditRule("predictive-coding", { layers, options: { feedback: "learned" } });
    const down = updates.filter((update) => !update.forward);
    expect(down.map(({ layer }) => layer)).toEqual([2, 3, 4]);
    for (const { weightTransport, locality } of down)
      expect([weightTransport, locality]).toEqual([[], "delivered"]);
  });

  it("moves every weight at every inference step only where it is incremental", () => {
    const moves = (options: Chosen) => report("predictive-coding", { steps: 6, ...options }).forward.length;
    for (const form of ["standard", "fixed-prediction", "z-il"]) expect(moves({ form }), form).toBe(4);
    expect(moves({ form: "incremental" })).toBeGreaterThan(4 * 4);
  });

  it("as Z-IL it waits for later layers only and reads what the feed-forward pass said", () => {
    const { forward } = report("predictive-coding", { form: "z-il" });
    for (const { layer, locking, heard } of forward) {
      expect(locking.layers).toEqual([2, 3, 4].filter((other) => other > layer));
      expect(heard.map(({ origin }) => origin)).toEqual(["own", "delivered"]);
    }
  });
});

describe.each([
  {},
  { persistent: "yes" },
  { nudging: "symmetric" },
  { nudging: "positive" },
  { feedback: "learned" },
  { feedback: "learned", persistent: "yes" },
])("equilibrium propagation %o", (options) => {
  const { forward, summary } = report("equilibrium-propagation", options as Chosen);

  const learned = "feedback" in options;

  it("transports every later weight, or none where the way down learns", () => {
    const first = forward[0]!.weightTransport.map(({ weight }) => weight);
    expect([...first].sort()).toEqual(learned ? [] : later);
    if (learned) expect(summary.weightTransport).toBe("none");
  });

  it("needs a free and a nudged phase, and remembers one of two states", () => {
    for (const { locking } of forward) {
      expect(locking.phases).toEqual(expect.arrayContaining(["free", "nudged"]));
      expect(locking.superseded).toBe(1);
    }
  });

  it("is taught by activity itself", () => {
    expect(summary.locality).toBe("delivered, carried by activity");
    expect(forward[0]!.teaching).toMatchObject({
      kind: "one value per neuron",
      distance: 3,
      transports: 3,
    });
  });
});

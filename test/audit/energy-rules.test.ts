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

  it("hears errors that fields of their own carry", () => {
    expect(report("predictive-coding").summary.locality).toBe("delivered, carried by error fields");
  });

  it("as Z-IL it waits for later layers only and reads what the feed-forward pass said", () => {
    const { forward } = report("predictive-coding", { form: "z-il" });
    for (const { layer, locking, heard } of forward) {
      expect(locking.layers).toEqual([2, 3, 4].filter((other) => other > layer));
      expect(heard.map(({ origin }) => origin)).toEqual(["own", "delivered"]);
    }
  });
});

describe.each([{}, { persistent: "yes" }, { nudging: "symmetric" }])(
  "equilibrium propagation %o",
  (options) => {
    const { forward, summary } = report("equilibrium-propagation", options as Chosen);

    it("transports every later weight", () => {
      const first = forward[0]!.weightTransport.map(({ weight }) => weight);
      expect([...first].sort()).toEqual(later);
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
  },
);

/**
 * What the audit derives of learning through time. Oracle: the design's table and definitions, on records told apart step by step:
 * backpropagation through time transports weights and needs the past, e-prop neither runs back nor keeps what neurons said.
 */
import { describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit";
import { reportAudit } from "../../src/audit/report";
import { TemporalBuilder } from "../../src/net/temporal/builder";
import { type SurrogateOptions, surrogateNetwork } from "../../src/net/temporal/surrogate-network";
import { feedbacks } from "../../src/rule/temporal/e-prop";
import { surrogateGradient } from "../../src/rule/temporal/surrogate-gradient";
import { smallStep } from "../support/e-prop";

const layers = [7, 5, 3] as const;

function bptt(steps: number, rows: number, options: SurrogateOptions = {}) {
  const network = surrogateNetwork({ layers, batch: 4, ...options });
  const step = new TemporalBuilder(network.net, { steps, rows, span: 1 }, "adam", 1);
  surrogateGradient(step, network);
  return audit(step.schedule);
}

const of = (updates: ReturnType<typeof audit>, weight: string) =>
  updates.find((one) => one.weight === weight)!;

describe("surrogate gradients", () => {
  it.each([5, 12])(
    "need all %i versions of what neurons said, of which the newest alone is not past",
    (steps) => {
      for (const { locking } of bptt(steps, steps)) {
        expect(locking.superseded).toBe(steps - 1);
        expect([...locking.phases].sort()).toEqual(["backward", "forward"]);
      }
      // Neurons that hear each other need the one before the trial as well.
      for (const { locking } of bptt(steps, steps, { recurrent: true }))
        expect(locking.superseded).toBe(steps);
    },
  );

  it("wait for longer the longer the trial, for every step of it twice", () => {
    const waits = [4, 5, 6].map((steps) => of(bptt(steps, steps), "input-hidden/weight").locking.steps);
    expect(waits[2]! - waits[1]!).toBe(waits[1]! - waits[0]!);
    expect(waits[1]! - waits[0]!).toBeGreaterThanOrEqual(6);
    expect(of(bptt(6, 6), "input-hidden/weight").locking.layers).toEqual([2]);
  });

  it("keep a segment alone where they run the past again", () => {
    const whole = bptt(12, 12, { recurrent: true });
    const cut = bptt(12, 3, { recurrent: true });
    for (const weight of ["input-hidden/weight", "hidden-hidden/weight"]) {
      expect(of(cut, weight).locking.superseded).toBe(3);
      expect(of(cut, weight).locking.phases).toContain("again");
      expect(of(cut, weight).locking.steps).toBeGreaterThan(of(whole, weight).locking.steps);
    }
  });

  it("transport the weights to the outputs, and those among the hidden neurons", () => {
    const weights = (updates: ReturnType<typeof audit>, weight: string) =>
      of(updates, weight)
        .weightTransport.map((one) => one.weight)
        .sort();
    expect(weights(bptt(5, 5), "input-hidden/weight")).toEqual(["hidden-output/weight"]);
    expect(weights(bptt(5, 5), "hidden-output/weight")).toEqual([]);
    const recurrent = bptt(5, 5, { recurrent: true });
    for (const weight of ["input-hidden/weight", "hidden-hidden/weight"])
      expect(weights(recurrent, weight)).toEqual(["hidden-hidden/weight", "hidden-output/weight"]);
    expect(reportAudit("surrogate-gradient", layers, recurrent).summary.locality).toBe(
      "delivered, carried by error fields",
    );
  });
});

describe.each(feedbacks)("e-prop with %s feedback", (feedback) => {
  const updates = audit(smallStep(feedback, 1, {}, "adam").step.schedule);
  const summary = reportAudit("e-prop", [9, 11, 3], updates).summary;

  it("needs nothing of what neurons said before, and no way back through time", () => {
    for (const { locking } of updates) {
      expect(locking.superseded).toBe(0);
      expect(locking.phases).not.toContain("backward");
    }
    expect(summary.updateLocking).not.toContain("past version");
  });

  it("transports the weights to the outputs if it is symmetric, and none else", () => {
    const weight = "hidden-output/weight";
    const expected = feedback === "symmetric" ? [{ weight, through: weight }] : [];
    for (const name of ["input-hidden/weight", "hidden-hidden/weight"])
      expect(of(updates, name).weightTransport).toEqual(expected);
    expect(of(updates, weight).weightTransport).toEqual([]);
    expect(summary.weightTransport).toBe(feedback === "symmetric" ? weight : "none");
  });

  it("is taught one value a neuron, which comes from the outputs through one transport", () => {
    for (const name of ["input-hidden/weight", "hidden-hidden/weight"]) {
      const { teaching, locality, heard, locking } = of(updates, name);
      expect(teaching).toEqual({
        ...{ kind: "one value per neuron", distance: 1, transports: 1, bitsPerSample: 32 },
      });
      expect(locality).toBe("delivered");
      expect(heard.map(({ carrier }) => carrier)).toEqual(["error"]);
      expect(locking.layers).toEqual([2]);
    }
  });

  it("has feedback that learns where it is adaptive, from its own neurons and the output's error", () => {
    const learned = updates.filter(({ forward }) => !forward);
    expect(learned.map(({ weight }) => weight)).toEqual(
      feedback === "adaptive" ? ["hidden-output/feedback"] : [],
    );
    for (const { weightTransport, teaching } of learned)
      expect([weightTransport, teaching?.transports]).toEqual([[], 0]);
  });
});

/** Oracle: records counted by hand for a network small enough to count, and the published energies. */
import { describe, expect, it } from "vitest";
import { costOf, countOperations, energyConstants } from "../../src/experiment/cost";
import { rules } from "../../src/experiment/rules";
import { Builder } from "../../src/net/builder";
import { network } from "../../src/net/network";
import { brief, layersFor } from "../support/brief";

/** 3-4-2, so 12 and 8 synapses without biases; five samples at a time. */
const small = { layers: [3, 4, 2], batch: 5 } as const;

describe("the cost of backprop on 3-4-2", () => {
  const { step, forward, forwardEquivalents, energy, state } = costOf({
    ...small,
    rule: "backprop",
    optimizer: "sgd",
  });

  it("counts each synapse's use: up, down to the hidden layer alone, and its change", () => {
    expect(step.synaptic).toBe(12 + 8 + 8 + 12 + 8);
    expect(forward).toMatchObject({ flops: 2 * (12 + 8), synaptic: 20 });
  });

  it("counts two operations a use, and one for each value of the readout: probability, error, loss and score", () => {
    expect(step.flops).toBe(2 * 48 + 2 + 2 + 2);
    expect(forwardEquivalents).toBe(102 / 40);
  });

  it("counts each record's fields once, shared by the batch", () => {
    const words = [
      15 + 16 + 20, // up: inputs, weights with biases, hidden
      20 + 10 + 10,
      10 + 5 + 30, // readout: drives, labels, and what it writes
      10 + 10 + 20 + 20, // down: error, weights, hidden activity, hidden error
      20 + 10 + 10 + 6 + 1 + 10, // change: pre, error, weights, six settings, clock, weights
      15 + 20 + 16 + 6 + 1 + 16,
    ].reduce((sum, one) => sum + one);
    expect(step.bytes).toBeCloseTo((4 * words) / 5, 9);
  });

  it("makes joules of them", () => {
    const { add, multiply, sram, dram } = energyConstants;
    expect([add, multiply, sram, dram]).toEqual([0.9e-12, 3.7e-12, 5e-12, 640e-12]);
    expect(energy.arithmetic).toBeCloseTo(48 * 4.6e-12 + 6 * 0.9e-12, 20);
    expect(energy.sram).toBeCloseTo((2 * 48 + 6) * 5e-12, 20);
    expect(energy.dram).toBeCloseTo((step.bytes / 4) * 640e-12, 20);
    expect(energy.total).toBe(energy.arithmetic + energy.sram + energy.dram);
  });

  it("weighs what lasts: padded weights, no memory under sgd, one array under momentum, a feedback matrix", () => {
    const weights = 4 * (4 * 4 + 5 * 4);
    expect(state).toEqual({ weights, feedback: 0, optimiser: 0, neurons: 0, total: weights });
    const other = costOf({ ...small, rule: "feedback-alignment", optimizer: "momentum" }).state;
    expect(other).toEqual({
      weights,
      feedback: 4 * 5 * 4,
      optimiser: weights,
      neurons: 0,
      total: 2 * weights + 80,
    });
  });
});

it("counts both products of Sanger's rule over neurons: how outputs go together, and what they explain of each synapse", () => {
  const sanger = costOf({ ...small, rule: "sanger", optimizer: "sgd" }).step;
  const [up, readout] = [5 * 12 + 5 * 8, 5 * 8]; // both layers' activity, and the readout's change
  const together = 5 * 4 * 4; // ⟨y_k y_j⟩ over five samples
  const explained = (3 + 1) * 4 * 4; // each line of weights, the bias's too, with every pair of outputs
  const change = 5 * 12;
  expect(sanger.synaptic).toBe((up + readout + together + explained + change) / 5);
});

it("counts a repeat as often as it runs", () => {
  const step = new Builder(network(small), "written", 1);
  step.repeat(7, "t", () => step.project(step.net.projections[0]!));
  expect(countOperations(step.schedule, 5)).toMatchObject({ synaptic: 7 * 12, flops: 7 * 24 });
});

it.each(rules.map(({ name }) => name))(
  "%s costs at least a forward pass, and a finite number of joules",
  (name) => {
    const rule = rules.find((one) => one.name === name)!;
    const layers = layersFor(rule, [12, 8, 4]);
    const cost = costOf({ layers, batch: 4, rule: name, options: brief(rule) });
    expect(cost.forwardEquivalents).toBeGreaterThan(0.9);
    expect(cost.state.weights).toBe(4 * (rule.shallow ? 13 * 4 : 13 * 8 + 9 * 4));
    for (const joules of Object.values(cost.energy)) expect(joules > 0 && joules < 1).toBe(true);
  },
);

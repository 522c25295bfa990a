/** The float64 network against counts on one's fingers: when a spike arrives, and what a pair of spikes does to a weight. */
import { describe, expect, it } from "vitest";
import { type PairStdp, runNetwork, type Synapses, scripted } from "./network";
import type { Neuron } from "./neuron";

/** Notes what arrives in which step, and fires never. */
function listener(): Neuron & { heard: [step: number, port: string, sum: number][] } {
  const heard: [number, string, number][] = [];
  let step = -1;
  return {
    state: {},
    heard,
    advance(arrived) {
      step++;
      for (const [port, sum] of Object.entries(arrived)) heard.push([step, port, sum]);
      return false;
    },
  };
}

const base = { from: "a", to: "b", port: "input" };

describe("delivery", () => {
  it("brings a spike of step s to its target in step s + 1 + delay, at its synapse's port", () => {
    const ears = [listener(), listener()];
    const synapses: Synapses[] = [
      { ...base, pre: [0, 0, 1, 1], post: [0, 1, 1, 1], weight: [1, 2, 3, 4], delay: [0, 5, 0, 3] },
      { ...base, port: "other", pre: [1], post: [0], weight: [7], delay: [1] },
    ];
    const spikes = runNetwork({ a: [scripted([2, 4]), scripted([4, 7])], b: ears }, synapses, 1, 12);
    expect(spikes.map(({ step, neuron }) => [step, neuron])).toEqual([
      [2, 0],
      [4, 0],
      [4, 1],
      [7, 1],
    ]);
    expect(ears[0]!.heard).toEqual([
      [3, "input", 1],
      [5, "input", 1],
      [6, "other", 7],
      [9, "other", 7],
    ]);
    expect(ears[1]!.heard).toEqual([
      [5, "input", 3],
      [8, "input", 2 + 3 + 4],
      [10, "input", 2],
      [11, "input", 4],
    ]);
  });
});

const stdp: PairStdp = {
  plus: 0.1,
  minus: 0.12,
  tauPlus: 20,
  tauMinus: 30,
  min: 0,
  max: 1,
  nearest: false,
};

function weightAfter(pre: number[], post: number[], delay: number, change: Partial<PairStdp> = {}): number {
  const synapses: Synapses[] = [
    { ...base, pre: [0], post: [0], weight: [0.5], delay: [delay], stdp: { ...stdp, ...change } },
  ];
  runNetwork({ a: [scripted(pre)], b: [scripted(post)] }, synapses, 0.5, 200);
  return synapses[0]!.weight[0]!;
}

describe("pair STDP", () => {
  it.each([0, 3])("counts from the arrival, %i steps after the spike", (delay) => {
    for (const lag of [1, 10, 60]) {
      expect(weightAfter([20], [20 + delay + lag], delay)).toBeCloseTo(
        0.5 + 0.1 * Math.exp((-lag * 0.5) / 20),
        14,
      );
      expect(weightAfter([60], [60 + delay - lag], delay)).toBeCloseTo(
        0.5 - 0.12 * Math.exp((-lag * 0.5) / 30),
        14,
      );
    }
  });

  it("takes an arrival in the step of the post spike to be the earlier", () => {
    expect(weightAfter([20], [24], 4)).toBeCloseTo(0.6, 14);
  });

  it("counts all pairs, or the nearest alone", () => {
    const e = (steps: number, tau: number) => Math.exp((-steps * 0.5) / tau);
    // Arrivals at 10, 20, 40, post spikes at 30, 34.
    const up = (pairs: number[]) => pairs.reduce((sum, lag) => sum + 0.1 * e(lag, 20), 0);
    const down = (pairs: number[]) => pairs.reduce((sum, lag) => sum + 0.12 * e(lag, 30), 0);
    expect(weightAfter([10, 20, 40], [30, 34], 0)).toBeCloseTo(
      0.5 + up([20, 10, 24, 14]) - down([10, 6]),
      14,
    );
    expect(weightAfter([10, 20, 40], [30, 34], 0, { nearest: true })).toBeCloseTo(
      0.5 + up([10, 14]) - down([6]),
      14,
    );
  });

  it("keeps the weight within its bounds", () => {
    expect(weightAfter([20], [21], 0, { plus: 2 })).toBe(1);
    expect(weightAfter([21], [20], 0, { minus: 2 })).toBe(0);
  });
});

/**
 * The laws of e-prop (Bellec et al. 2020), in float64. Oracles: central differences of the loss for backpropagation through time;
 * backpropagation through time for e-prop.
 */
import { describe, expect, it } from "vitest";
import { mulberry32 } from "../../support/random";
import { backpropagate, eligibility, type Lsnn, type LsnnWeights, onlineSignal, runLsnn } from "./e-prop";

const model: Lsnn = {
  ...{ inputs: 6, hidden: 7, outputs: 3, steps: 60, regular: 3 },
  ...{ alpha: Math.exp(-1 / 20), rho: Math.exp(-1 / 200), kappa: Math.exp(-1 / 15), threshold: 0.6 },
  ...{ adaptation: 0.2, dampening: 0.3, window: 25, attached: true, smooth: false },
};

const draw = (length: number, seed: number, scale: number) => {
  const next = mulberry32(seed);
  return Float64Array.from({ length }, () => scale * (2 * next() - 1));
};

const next = mulberry32(9);
const spikes = Array.from({ length: model.steps }, () =>
  Array.from({ length: model.inputs }, () => (next() < 0.15 ? 1 : 0)),
);
const feedForward: LsnnWeights = { in: draw(42, 1, 0.9), out: draw(21, 2, 1) };
const recurrent: LsnnWeights = { ...feedForward, around: draw(49, 3, 0.6) };

/** How far two gradients lie apart, against the larger of them. */
function apart(a: Float64Array, b: Float64Array): number {
  const scale = Math.max(...a.map(Math.abs), ...b.map(Math.abs));
  expect(scale).toBeGreaterThan(1e-4);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!))) / scale;
}

it("the loops' backpropagation through time is the gradient where spikes are smooth", () => {
  const smooth = { ...model, smooth: true };
  const run = runLsnn(smooth, recurrent, spikes, 1);
  const { gradient } = backpropagate(smooth, recurrent, spikes, run);
  for (const [at, name] of (["in", "around", "out"] as const).entries()) {
    const direction = draw(recurrent[name]!.length, 20 + at, 1);
    const h = 1e-6;
    const moved = (by: number) => {
      const other = Float64Array.from(recurrent[name]!, (w, i) => w + by * direction[i]!);
      return runLsnn(smooth, { ...recurrent, [name]: other }, spikes, 1).loss;
    };
    const product = direction.reduce((sum, d, i) => sum + d * gradient[name][i]!, 0);
    expect(Math.abs((moved(h) - moved(-h)) / (2 * h) / product - 1), name).toBeLessThan(1e-5);
  }
});

describe("e-prop with the total derivative dE/dz is backpropagation through time", () => {
  const cases = [
    { what: "recurrent, reset attached", weights: recurrent, attached: true },
    { what: "recurrent, reset detached", weights: recurrent, attached: false },
    { what: "without recurrent synapses", weights: feedForward, attached: true },
  ];
  it.each(cases)("$what", ({ weights, attached }) => {
    const one = { ...model, attached };
    const run = runLsnn(one, weights, spikes, 1);
    expect(run.z.flatMap((z) => [...z]).filter((z) => z === 1).length).toBeGreaterThan(20);
    const { gradient, total } = backpropagate(one, weights, spikes, run);
    const found = eligibility(one, weights, spikes, run, total, false);
    expect(apart(found.in, gradient.in)).toBeLessThan(1e-14);
    expect(apart(found.around, gradient.around)).toBeLessThan(1e-14);
  });
});

describe("e-prop with what the outputs tell at once", () => {
  const compare = (weights: LsnnWeights, attached: boolean) => {
    const one = { ...model, attached };
    const run = runLsnn(one, weights, spikes, 1);
    const { gradient } = backpropagate(one, weights, spikes, run);
    const found = eligibility(one, weights, spikes, run, onlineSignal(one, weights, run), true);
    expect(apart(found.out, gradient.out)).toBe(0);
    return apart(found.in, gradient.in);
  };
  it("is exact without recurrent synapses and with the reset detached", () => {
    expect(compare(feedForward, false)).toBeLessThan(1e-14);
  });
  it("is not exact where the reset is attached, nor with recurrent synapses", () => {
    expect(compare(feedForward, true)).toBeGreaterThan(1e-3);
    expect(compare(recurrent, false)).toBeGreaterThan(1e-3);
  });
});

/** The laws of Hebb and his heirs, in float64: what grows, what stops it, and what the weights come to. */
import { describe, expect, it } from "vitest";
import { columns, cosine, knownCovariance, length } from "../support/covariance";
import { uniform } from "../support/random";
import { bcm, hebb, type Layer, meanSquare, oja, sanger } from "./hebbian";

/** The weights after `steps` steps on one batch. */
function learn(rule: (layer: Layer) => Float64Array, start: Layer, rate: number, steps: number) {
  let w = Float64Array.from(start.w);
  for (let step = 0; step < steps; step++) {
    const by = rule({ ...start, w });
    w = w.map((value, at) => value + rate * by[at]!);
  }
  return columns(w, start.pre, start.post);
}

const six = [4, 1, 0.5, 0.3, 0.2, 0.1];
const { x, vectors } = knownCovariance(six, 7);
const layer: Layer = { pre: 6, post: 3, batch: 12, x, w: uniform(18, 9, 0.3) };

it("Hebb: along the first component weights grow by 1 + ηλ₁ a step, without bound", () => {
  const [rate, steps] = [0.05, 200];
  const start = columns(layer.w, 6, 3);
  learn(hebb, layer, rate, steps).forEach((w, j) => {
    const along = (v: Float64Array) => v.reduce((sum, value, i) => sum + value * vectors[0]![i]!, 0);
    const expected = along(start[j]!) * (1 + rate * six[0]!) ** steps;
    expect(Math.abs(along(w) / expected - 1), `neuron ${j}`).toBeLessThan(1e-5); // the data are f32
    expect(length(w)).toBeGreaterThan(1e12);
    expect(Math.abs(cosine(w, vectors[0]!))).toBeGreaterThan(1 - 1e-6);
  });
});

it.each([0.02, 2])("Oja: from ±%s the length comes to 1, the direction to the first component", (bound) => {
  const start = { ...layer, w: uniform(18, 9, bound) };
  for (const w of learn(oja, start, 0.02, 3000)) {
    expect(Math.abs(length(w) - 1)).toBeLessThan(1e-6);
    expect(Math.abs(cosine(w, vectors[0]!))).toBeGreaterThan(1 - 1e-9);
  }
});

it("Sanger: eight neurons find the first eight components in order", () => {
  const eigenvalues = [10, 8.4, 7, 5.8, 4.7, 3.7, 2.8, 2, 1.2, 0.8, 0.5, 0.2];
  const known = knownCovariance(eigenvalues, 7);
  const start: Layer = { pre: 12, post: 8, batch: 24, x: known.x, w: uniform(96, 5, 0.3) };
  learn(sanger, start, 0.05, 1500).forEach((w, k) => {
    expect(Math.abs(cosine(w, known.vectors[k]!)), `component ${k + 1}`).toBeGreaterThan(1 - 1e-6);
    expect(Math.abs(length(w) - 1), `length ${k + 1}`).toBeLessThan(1e-5);
  });
});

describe("BCM, four patterns shown alike", () => {
  const [pre, post, batch] = [7, 5, 4];
  const start: Layer = {
    pre,
    post,
    batch,
    x: uniform(batch * pre, 4).map(
      (value, at) => Math.abs(value) + (at % pre === Math.floor(at / pre) ? 1 : 0),
    ),
    w: uniform(pre * post, 6, 0.3).map(Math.abs),
  };
  /** Learns with a threshold that slides by `sliding` of the way to the mean square at every step. */
  const lesson = (sliding: number, steps: number) => {
    let threshold: Float64Array = new Float64Array(post);
    const slid = (state: Layer) => {
      threshold = meanSquare(state).map((square, j) => threshold[j]! + sliding * (square - threshold[j]!));
      return bcm(state, threshold);
    };
    const w = learn(slid, start, 0.05, steps);
    return { w, threshold };
  };

  it("each neuron answers one alone, by their number, where its threshold meets its answer", () => {
    const { w, threshold } = lesson(0.3, 2000);
    w.forEach((own, j) => {
      const answers = Array.from({ length: batch }, (_, s) =>
        own.reduce((sum, value, i) => sum + value * start.x[s * pre + i]!, 0),
      ).sort((a, b) => b - a);
      expect(answers[0], `neuron ${j}`).toBeCloseTo(batch, 4);
      expect(answers[1], `neuron ${j}`).toBeLessThan(1e-3);
      expect(threshold[j]).toBeCloseTo(batch, 4);
    });
  });

  it("the sliding threshold is what stops the growth", () => {
    const longest = (sliding: number, steps: number) => Math.max(...lesson(sliding, steps).w.map(length));
    expect(longest(0, 14)).toBeGreaterThan(1e3);
    expect(longest(0.3, 20)).toBeLessThan(3);
    expect(longest(0.3, 2000)).toBeLessThan(10);
  });
});

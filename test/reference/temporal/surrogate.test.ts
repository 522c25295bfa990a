/**
 * The law: with the spike replaced by its smooth primitive, and nothing detached, backpropagation through time with the
 * surrogate's slope is the gradient. Oracle: central differences of the loss, in float64.
 */
import { describe, expect, it } from "vitest";
import { mulberry32 } from "../../support/random";
import { gradient, type Model, primitive, type Sample, slope, type Weights } from "./surrogate";

const model = (surrogate: Model["surrogate"]): Model => ({
  ...{ inputs: 5, hidden: 4, outputs: 3, steps: 14 },
  ...{ beta: Math.exp(-0.1), alpha: Math.exp(-0.2), surrogate, steepness: 0.9, smooth: true, attached: true },
});

const draw = (length: number, seed: number, scale: number) => {
  const next = mulberry32(seed);
  return Float64Array.from({ length }, () => scale * (2 * next() - 1));
};

const samples: Sample[] = [0, 1, 2].map((b) => {
  const next = mulberry32(50 + b);
  return { times: Array.from({ length: 5 }, () => Math.floor(16 * next())), label: b };
});

describe.each(["super-spike", "sigmoid", "triangle"] as const)("%s", (surrogate) => {
  it.each([-2, -1.05, -0.4, 0.1, 0.7, 1.3])("has a primitive whose slope it is, at %f", (x) => {
    const one = model(surrogate);
    const h = 1e-6;
    expect((primitive(one, x + h) - primitive(one, x - h)) / (2 * h)).toBeCloseTo(slope(one, x), 8);
  });

  it.each([false, true])("gives the gradient, with recurrent synapses: %s", (recurrent) => {
    const one = model(surrogate);
    const weights: Weights & { around?: Float64Array } = {
      first: draw(20, 1, 1.5),
      last: draw(12, 2, 1),
      ...(recurrent && { around: draw(16, 3, 0.8) }),
    };
    const found = gradient(one, weights, samples);
    for (const [at, name] of (
      ["first", "last", ...(recurrent ? (["around"] as const) : [])] as const
    ).entries()) {
      const direction = draw(weights[name]!.length, 10 + at, 1);
      const moved = (h: number) =>
        gradient(
          one,
          { ...weights, [name]: Float64Array.from(weights[name]!, (w, i) => w + h * direction[i]!) },
          samples,
        ).loss;
      const h = 1e-5;
      const difference = (moved(h) - moved(-h)) / (2 * h);
      const product = direction.reduce((sum, d, i) => sum + d * found[name][i]!, 0);
      expect(Math.abs(product), name).toBeGreaterThan(1e-4);
      expect(Math.abs(difference - product) / Math.abs(product), name).toBeLessThan(1e-6);
    }
  });
});

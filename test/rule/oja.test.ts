/** Law: on data of mean 0 Oja's rule brings |w| to 1 and w to the first principal component. */
import { expect, it } from "vitest";
import { oja } from "../reference/hebbian";
import {
  columns,
  cosine,
  expectStep,
  knownCovariance,
  layerOf,
  length,
  show,
  weights,
} from "../support/hebbian";
import { uniform } from "../support/random";

it("one step is the float64 step", () => expectStep("oja", oja));

it.each([0.02, 2])(
  "weights that start within ±%s come to length 1 and to the first component",
  async (bound) => {
    const [n, post] = [6, 3];
    const { x, vectors } = knownCovariance([4, 1, 0.5, 0.3, 0.2, 0.1], 7);
    const w = uniform(n * post, 9, bound);
    const trainer = await layerOf("oja", { pre: n, post, batch: 2 * n }, { values: { rate: 0.02 }, w });
    await show(trainer, x, 500);
    const norms = await trainer.read("hidden/norm");
    columns(await trainer.read(weights), n, post).forEach((end, j) => {
      expect(length(end)).toBeCloseTo(1, 4);
      expect(norms[j]).toBeCloseTo(1, 4);
      expect(Math.abs(cosine(end, vectors[0]!))).toBeGreaterThan(0.9999);
    });
  },
);

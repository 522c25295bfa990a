/** Law: on data of mean 0 Sanger's rule finds the first principal components, each neuron its own, in order. */
import { expect, it } from "vitest";
import { sanger } from "../reference/hebbian";
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

it("one step, taken as products over neurons, is the float64 step, taken sample by sample", () =>
  expectStep("sanger", sanger));

it("eight neurons find the first eight components in order, of length 1", async () => {
  const eigenvalues = [10, 8.4, 7, 5.8, 4.7, 3.7, 2.8, 2, 1.2, 0.8, 0.5, 0.2];
  const [n, post] = [eigenvalues.length, 8];
  const { x, vectors } = knownCovariance(eigenvalues, 7);
  const trainer = await layerOf("sanger", { pre: n, post, batch: 2 * n }, { values: { rate: 0.05 } });
  await show(trainer, x, 800);
  columns(await trainer.read(weights), n, post).forEach((w, k) => {
    expect(Math.abs(cosine(w, vectors[k]!)), `component ${k + 1}`).toBeGreaterThan(0.999);
    expect(length(w), `length ${k + 1}`).toBeCloseTo(1, 2);
  });
});

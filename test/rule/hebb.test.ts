/** Law: nothing stops Hebb. On inputs of covariance C the weights grow as (1 + ηC)ᵗ: exponentially, by 1 + ηλ₁ a step in the end. */
import { expect, it } from "vitest";
import { hebb } from "../reference/hebbian";
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

it("one step is the float64 step", () => expectStep("hebb", hebb));

it("weights grow exponentially, at the rate that the covariance foretells, along its first component", async () => {
  const [rate, first, n, post] = [0.05, 4, 6, 3];
  const { x, vectors } = knownCovariance([first, 1, 0.5, 0.3, 0.2, 0.1], 7);
  const trainer = await layerOf("hebb", { pre: n, post, batch: 2 * n }, { values: { rate } });
  const start = columns(await trainer.read(weights), n, post);
  const steps = 80;
  await show(trainer, x, steps);
  const end = columns(await trainer.read(weights), n, post);
  const history = await trainer.read("norm/input-hidden");
  // The part of w along q₁ grows by 1 + ηλ₁ at every step, exactly; the rest falls behind.
  const growth = (1 + rate * first) ** steps;
  end.forEach((w, j) => {
    const before = start[j]!.reduce((sum, value, i) => sum + value * vectors[0]![i]!, 0);
    expect(length(w) / (Math.abs(before) * growth)).toBeCloseTo(1, 3);
    expect(Math.abs(cosine(w, vectors[0]!))).toBeGreaterThan(0.999);
  });
  expect(history[steps - 1]! / (end.reduce((sum, w) => sum + length(w), 0) / post)).toBeCloseTo(1, 5);
  for (let step = steps - 20; step < steps; step++)
    expect(history[step]! / history[step - 1]!, `growth at step ${step}`).toBeCloseTo(1 + rate * first, 4);
  expect(growth).toBeGreaterThan(1e6);
});

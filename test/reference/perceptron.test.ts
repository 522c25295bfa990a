/** Law, in float64: from zero weights the perceptron makes at most (R/γ)² mistakes on what a teacher tells apart (Novikoff 1962). */
import { expect, it } from "vitest";
import { mulberry32, uniform } from "../support/random";
import { novikoff, type Perceptron, show } from "./perceptron";

it.each([1, 2, 3, 4, 5, 6, 7, 8])("stops within the bound, teacher %i", (seed) => {
  const inputs = 2 + (seed % 5);
  const teacher = uniform(inputs + 1, seed);
  const next = mulberry32(100 + seed);
  const samples: number[][] = [];
  const labels: number[] = [];
  const length = Math.hypot(...teacher);
  while (samples.length < 60) {
    const x = Array.from({ length: inputs }, () => 2 * next() - 1);
    const drive = x.reduce((sum, v, i) => sum + v * teacher[i]!, teacher[inputs]!);
    if (Math.abs(drive) < 0.05 * length) continue;
    samples.push(x);
    labels.push(Number(drive > 0));
  }
  const bound = novikoff(samples, labels, teacher);
  const model: Perceptron = { weights: new Float64Array(inputs + 1), mistakes: 0 };
  for (let clean = false; !clean; ) {
    clean = true;
    samples.forEach((x, s) => {
      if (!show(model, x, labels[s]!, 1)) clean = false;
    });
    expect(model.mistakes).toBeLessThanOrEqual(bound);
  }
  expect(model.mistakes).toBeGreaterThan(0);
});

/**
 * Law: of K equally likely, linearly independent patterns a BCM neuron comes to answer one alone, by K (1/p), where its
 * threshold E[y²] meets its answer (Intrator & Cooper 1992); a threshold that does not slide stops nothing.
 */
import { describe, expect, it } from "vitest";
import { bcm, meanSquare } from "../reference/hebbian";
import { columns, expectStep, generic, layerOf, length, show, weights } from "../support/hebbian";
import { uniform } from "../support/random";

it("one step is the float64 step, with the batch in the threshold", () =>
  expectStep(
    "bcm",
    (layer) =>
      bcm(
        layer,
        meanSquare(layer).map((square) => 0.2 * square),
      ),
    { sliding: 0.2 },
  ));

describe("four patterns, shown alike", () => {
  const [n, post, patterns] = [generic.pre, 5, 4];
  const x = uniform(patterns * n, 4).map(
    (value, at) => Math.abs(value) + (at % n === Math.floor(at / n) ? 1 : 0),
  );
  const w = uniform(n * post, 6, 0.3).map(Math.abs);
  const lesson = async (sliding: number, steps: number, rate = 0.05) => {
    const trainer = await layerOf("bcm", { pre: n, post, batch: patterns }, { values: { rate, sliding }, w });
    await show(trainer, x, steps);
    return trainer;
  };

  it("each neuron becomes selective: it answers to one pattern alone, by their number", async () => {
    const trainer = await lesson(0.3, 1000);
    const threshold = await trainer.read("hidden/threshold");
    columns(await trainer.read(weights), n, post).forEach((own, j) => {
      const answers = Array.from({ length: patterns }, (_, s) =>
        own.reduce((sum, value, i) => sum + value * x[s * n + i]!, 0),
      ).sort((a, b) => b - a);
      expect(answers[0], `neuron ${j}`).toBeCloseTo(patterns, 2);
      expect(answers[1], `neuron ${j}`).toBeLessThan(0.02);
      expect(threshold[j]).toBeCloseTo(patterns, 2);
    });
  });

  it("the sliding threshold is what stops the growth", async () => {
    const start = Math.max(...columns(w, n, post).map(length));
    const slow = await (await lesson(0, 6)).read("hidden/norm");
    const held = await (await lesson(0.3, 6)).read("hidden/norm");
    const later = await (await lesson(0.3, 1000)).read("norm/input-hidden");
    const end = 1000 % 512;
    expect(Math.max(...slow)).toBeGreaterThan(1.5 * start);
    expect(Math.max(...slow)).toBeGreaterThan(1.3 * Math.max(...held));
    expect(later[end - 1]! / later[end - 200]!).toBeCloseTo(1, 4);
  });
});

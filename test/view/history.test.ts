/** A history put away and taken up again, runs of several batches on one axis, and the spread of seeds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { History } from "../../src/view/history";
import { spreadOf } from "../../src/view/spread";
import { Strand } from "../../src/view/strand";

const scored = (value: number) => ({ loss: value, accuracy: 1 - value });

/** A run of `steps` steps whose loss falls from step to step, tested every 100. */
function trained(history: History, key: string, batch: number, steps: number): Strand {
  const strand = new Strand(history, key, batch);
  for (let step = 0; step < steps; step++) {
    strand.addStep("any", step, scored(1 / (step + 1)));
    if (step % 100 === 99) strand.addTest("any", (step + 1) * batch, scored(0.5 / (step + 1)));
  }
  return strand;
}

describe("runs of several batches share an axis of samples", () => {
  it("each step counts where its samples end", () => {
    const history = new History(1);
    trained(history, "small", 64, 100); // 6,400 samples
    trained(history, "large", 1024, 5); // 5,120 samples, a step in every other bucket of 512
    expect(history.samples.at(0)).toBe(512);
    expect(history.samples.at(-1)).toBe(6656);
    const large = history.curve("large").train.map((score) => score?.loss);
    expect(large).toEqual([
      undefined,
      1,
      undefined,
      1 / 2,
      undefined,
      1 / 3,
      undefined,
      1 / 4,
      undefined,
      1 / 5,
    ]);
    const [first] = history.curve("small").train;
    const mean = [1, 2, 3, 4, 5, 6, 7, 8].reduce((sum, n) => sum + 1 / n, 0) / 8;
    expect(first!.loss).toBeCloseTo(mean, 12);
    expect(history.lastTest("small")).toEqual(scored(0.5 / 100));
  });
});

it("is the same after it was put away, whatever it has seen, also beside a longer run", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 0, max: 3000 }),
      (batch, steps, others) => {
        const history = new History(1);
        trained(history, "run", batch, steps);
        const kept = JSON.parse(JSON.stringify(history.keep("run")));
        const again = new History(1);
        trained(again, "other", 500, others);
        again.put("run", kept);
        // Beside the same other run, what was never put away must look the same.
        trained(history, "other", 500, others);
        expect(again.samples).toEqual(history.samples);
        const [one, other] = [history.curve("run"), again.curve("run")];
        expect(other.train.map((score) => score?.loss.toFixed(9))).toEqual(
          one.train.map((score) => score?.loss.toFixed(9)),
        );
        expect(other.test).toEqual(one.test);
        again.put("run", { width: 512, buckets: [] });
        expect(again.curve("run").train).toEqual([]);
      },
    ),
    { numRuns: 30 },
  );
});

it("takes the mean where all seeds are, and the lowest and the highest of them", () => {
  expect(
    spreadOf([
      [1, 2, null, 4],
      [3, undefined, null, 8, 9],
    ]),
  ).toEqual({
    mean: [2, null, null, 6, null],
    low: [1, null, null, 4, null],
    high: [3, null, null, 8, null],
  });
  expect(spreadOf([])).toEqual({ mean: [], low: [], high: [] });
});

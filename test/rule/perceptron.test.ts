/** Oracle: the float64 perceptron, mistake for mistake; Novikoff's bound; what can't be separated never ends. */
import { describe, expect, it } from "vitest";
import { Trainer } from "../../src/experiment/trainer";
import { novikoff, type Perceptron, show } from "../reference/perceptron";
import { testDevice } from "../support/device";
import { choices, mulberry32, uniform } from "../support/random";

/** Whole numbers, so that f32 sums are exact and both perceptrons see the same ties. */
const points = (count: number, inputs: number, seed: number, reach = 8) =>
  Array.from({ length: count }, (_, s) =>
    Float32Array.from(choices(inputs, seed + 31 * s, 2 * reach + 1), (value) => value - reach),
  );

/** Points that `teacher` tells apart by at least `gap` (before its length is divided out). */
function separable(count: number, teacher: readonly number[], gap: number, seed: number) {
  const inputs = teacher.length - 1;
  const drive = (x: Float32Array) => x.reduce((sum, v, i) => sum + v * teacher[i]!, teacher[inputs]!);
  const samples = points(4 * count, inputs, seed)
    .filter((x) => Math.abs(drive(x)) >= gap)
    .slice(0, count);
  return { samples, labels: samples.map((x) => Number(drive(x) > 0)) };
}

const create = async (layers: number[], batch = 1) =>
  Trainer.create(await testDevice(), {
    rule: "perceptron",
    layers,
    batch,
    optimizer: "sgd",
    output: "identity",
  });
const mistakes = async (trainer: Trainer) => (await trainer.read("mistakes"))[0]!;

describe("two classes, one unit", () => {
  it.each([
    { teacher: [3, -2, 1], gap: 5, seed: 1 },
    { teacher: [1, 4, -2, 3, -1, 2, 2, -5], gap: 9, seed: 2 },
    { teacher: [5, 7, 11], gap: 3, seed: 3 },
  ])(
    "stops within Novikoff's bound, mistake for mistake as in float64: $teacher",
    async ({ teacher, gap, seed }) => {
      const { samples, labels } = separable(24, teacher, gap, seed);
      const bound = novikoff(samples, labels, teacher);
      const inputs = teacher.length - 1;
      const trainer = await create([inputs, 1]);
      const model: Perceptron = { weights: new Float64Array(inputs + 1), mistakes: 0 };
      expect(await trainer.read("input-output/weight")).toEqual(new Float32Array(inputs + 1));
      for (let faults = 1; faults > 0; ) {
        faults = 0;
        for (const [s, x] of samples.entries()) {
          const right = show(model, x, labels[s]!, 1);
          const { accuracy } = await trainer.step(x, [labels[s]!]);
          expect(accuracy).toBe(Number(right));
          if (!right) faults++;
        }
        expect(model.mistakes).toBeLessThanOrEqual(bound);
      }
      expect(Array.from(await trainer.read("input-output/weight"))).toEqual(Array.from(model.weights));
      expect(await mistakes(trainer)).toBe(model.mistakes);
      expect(model.mistakes).toBeGreaterThan(2);
      trainer.destroy();
    },
  );

  it("never stops where no line separates: XOR", async () => {
    const trainer = await create([2, 1]);
    for (let epoch = 0; epoch < 20; epoch++)
      for (const [x, y] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ] as const)
        await trainer.step(Float32Array.of(x, y), [x ^ y]);
    expect(await mistakes(trainer)).toBeGreaterThan(20);
    trainer.destroy();
  });

  it("leaves an empty row out, and counts a batch's mistakes", async () => {
    const trainer = await create([2, 1], 3);
    await trainer.step(Float32Array.of(1, 2, 3, 4, 5, 6), [1, 0xffffffff, 0]);
    expect(await mistakes(trainer)).toBe(2);
    const expected = [(1 - 5) / 3, (2 - 6) / 3, 0];
    (await trainer.read("input-output/weight")).forEach((w, i) => {
      expect(w).toBeCloseTo(expected[i]!, 6);
    });
    trainer.destroy();
  });
});

describe("several classes", () => {
  it("raise the right unit and lower the strongest wrong one, mistake for mistake as in float64", async () => {
    const [inputs, units] = [5, 4];
    const teacher = points(units, inputs, 7);
    const next = mulberry32(5);
    const samples = points(30, inputs, 99);
    const labels = samples.map((x) => {
      const drives = teacher.map((w) => w.reduce((sum, v, i) => sum + v * x[i]!, 0));
      return drives.indexOf(Math.max(...drives));
    });
    const trainer = await create([inputs, units]);
    const model: Perceptron = { weights: new Float64Array((inputs + 1) * units), mistakes: 0 };
    for (let step = 0; step < 300; step++) {
      const s = Math.floor(samples.length * next());
      const right = show(model, samples[s]!, labels[s]!, units);
      expect((await trainer.step(samples[s]!, [labels[s]!])).accuracy).toBe(Number(right));
    }
    expect(Array.from(await trainer.read("input-output/weight"))).toEqual(Array.from(model.weights));
    expect(await mistakes(trainer)).toBe(model.mistakes);
    trainer.destroy();
  });
});

it("does nothing while it is right: the rate does not matter from zero weights", async () => {
  const [slow, fast] = await Promise.all(
    [0.25, 1].map(async (rate) =>
      Trainer.create(await testDevice(), {
        rule: "perceptron",
        layers: [3, 1],
        batch: 1,
        optimizer: "sgd",
        output: "identity",
        values: { rate },
      }),
    ),
  );
  for (let s = 0; s < 40; s++) {
    const x = uniform(3, s);
    const label = [Number(x[0]! > 0)];
    expect((await slow!.step(x, label)).accuracy).toBe((await fast!.step(x, label)).accuracy);
  }
  slow!.destroy();
  fast!.destroy();
});

describe("bad input", () => {
  it("hidden layers are refused before a device is asked for", async () => {
    await expect(create([4, 3, 2])).rejects.toThrow(
      "perceptron has no way to teach hidden layers, but layers is [4,3,2]; give layers of inputs and outputs only, such as [4,2].",
    );
  });

  it("a label that one unit can't mean", async () => {
    const trainer = await create([2, 1]);
    await expect(trainer.step(Float32Array.of(0, 0), [2])).rejects.toThrow(
      "Label 0 must be a class from 0 to 1, but is 2",
    );
    trainer.destroy();
  });
});

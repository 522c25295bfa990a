/** Oracle: the normal equations in float64; backprop, which on a single layer is the same rule. */
import { describe, expect, it } from "vitest";
import { Trainer } from "../../src/experiment/trainer";
import { leastSquares } from "../reference/perceptron";
import { expectClose, expectSameBits } from "../support/close";
import { testDevice } from "../support/device";
import { choices, uniform } from "../support/random";

const [inputs, batch] = [6, 40];
const samples = uniform(inputs * batch, 1);
const rows = Array.from({ length: batch }, (_, s) => samples.subarray(s * inputs, (s + 1) * inputs));

describe("LMS comes to the weights of least squared error", () => {
  it.each([
    { units: 3, classes: 3, targets: (label: number) => [0, 1, 2].map((k) => Number(k === label)) },
    { units: 1, classes: 2, targets: (label: number) => [label] },
  ])("$units output neurons, $classes classes", async ({ units, classes, targets }) => {
    const labels = choices(batch, 2, classes);
    const trainer = await Trainer.create(await testDevice(), {
      rule: "delta-rule",
      layers: [inputs, units],
      batch,
      output: "identity",
      values: { rate: 0.3 },
    });
    await trainer.step(samples, labels);
    for (let turn = 0; turn < 4; turn++) await trainer.advance(200); // the same batch again
    const expected = leastSquares(rows, Array.from(labels, targets));
    expectClose(await trainer.read("input-output/weight"), expected, "weights", {
      relative: 1e-4,
      absolute: 2e-5,
    });
    trainer.destroy();
  });
});

it.each(["softmax", "identity", "sigmoid"] as const)(
  "on a single layer it is backprop bit for bit: %s output",
  async (output) => {
    const labels = choices(batch, 3, 3);
    const common = { layers: [inputs, 3], batch, output, seed: 4 };
    const device = await testDevice();
    const [delta, backprop] = await Promise.all([
      Trainer.create(device, { ...common, rule: "delta-rule" }),
      Trainer.create(device, { ...common, rule: "backprop" }),
    ]);
    const weight = "input-output/weight";
    const start = uniform((inputs + 1) * 3, 9);
    for (const trainer of [delta, backprop]) {
      trainer.write(weight, start);
      for (let turn = 0; turn < 3; turn++) await trainer.step(samples, labels);
    }
    expectSameBits(await delta.read(weight), await backprop.read(weight), weight);
    for (const trainer of [delta, backprop]) trainer.destroy();
  },
);

it("one Widrow-Hoff step: Δw = η (t − y) x", async () => {
  const trainer = await Trainer.create(await testDevice(), {
    rule: "delta-rule",
    layers: [2, 1],
    batch: 1,
    output: "identity",
    optimizer: "sgd",
    values: { rate: 0.5 },
  });
  trainer.write("input-output/weight", Float32Array.of(0.25, -0.5, 0.125));
  await trainer.step(Float32Array.of(2, 1), [1]);
  const off = 1 - (0.25 * 2 - 0.5 + 0.125);
  const expected = [0.25 + 0.5 * off * 2, -0.5 + 0.5 * off, 0.125 + 0.5 * off];
  expect(Array.from(await trainer.read("input-output/weight"))).toEqual(expected);
  trainer.destroy();
});

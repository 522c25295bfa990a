/** Law: with B = Wᵀ it is backprop bit for bit; with fixed random B the forward weights turn until its errors fit. */
import { expect, it } from "vitest";
import { optimiserNames } from "../../src/net/optimiser";
import { expectSameBits } from "../support/close";
import { lesson } from "../support/learn";
import { inputs, labels, oneStepIsTheReferences, smallTrainer } from "../support/model";

oneStepIsTheReferences("feedback-alignment", { activation: "tanh" });

it.each(optimiserNames)("is backprop bit for bit with B copied from Wᵀ before every step, and not without, with %s", async (optimiser) => {
  const [exact, copying, once] = [
    await smallTrainer("backprop", optimiser),
    await smallTrainer("feedback-alignment", optimiser),
    await smallTrainer("feedback-alignment", optimiser),
  ];
  const copy = async (trainer: typeof once) => {
    for (const { name } of trainer.net.projections.slice(1))
      trainer.write(`${name}/feedback`, await trainer.read(`${name}/weight`));
  };
  await copy(once);
  for (let step = 0; step < 4; step++) {
    await copy(copying);
    for (const trainer of [exact, copying, once]) await trainer.step(inputs, labels);
    for (const { weight } of exact.net.projections) {
      const expected = await exact.read(weight.name);
      expectSameBits(await copying.read(weight.name), expected, `${weight.name}, step ${step}`);
      if (step === 0) expectSameBits(await once.read(weight.name), expected, `${weight.name}, first step`);
    }
  }
  expect(await once.read("input-hidden1/weight")).not.toEqual(await exact.read("input-hidden1/weight"));
});

it("learns digits, its hidden error turning from about 90° to below 60°", async () => {
  const { angles, accuracy } = await lesson({ rule: "feedback-alignment", activation: "tanh" }, 300);
  expect(angles[0]).toBeGreaterThan(75);
  expect(angles[1]).toBeLessThan(60);
  expect(accuracy).toBeGreaterThan(0.8);
});

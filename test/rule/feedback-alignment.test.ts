/** Law: with B = Wᵀ it is backprop bit for bit; with fixed random B the forward weights turn until its errors fit. */
import { expect, it } from "vitest";
import { expectSameBits } from "../support/close";
import { inputs, labels, smallTrainer } from "../support/model";

it("is backprop bit for bit with B copied from Wᵀ before every step, and in the first step from B = Wᵀ", async () => {
  const [exact, copying, once] = [
    await smallTrainer("backprop", "momentum"),
    await smallTrainer("feedback-alignment", "momentum"),
    await smallTrainer("feedback-alignment", "momentum"),
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

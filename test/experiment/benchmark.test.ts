/** The dense training step that every benchmark here must do: REFERENCE's weights, batch and losses. */
import { expect, it } from "vitest";
import { batch, checkedSteps, problems, rate, startOf } from "../../bench/step/problem";
import { Trainer } from "../../src/experiment/trainer";
import { testDevice } from "../support/device";

it.each(problems)("$name: losses at steps 0, 10 and 19", { timeout: 180_000 }, async (problem) => {
  const { layers, losses } = problem;
  const options = { rule: "backprop", layers, batch, optimizer: "sgd", values: { rate } };
  const trainer = await Trainer.create(await testDevice(), options);
  const { weights, inputs, labels } = startOf(problem);
  trainer.net.projections.forEach(({ weight, pre, post }, layer) => {
    const values = new Float32Array((pre.size + 1) * post.size); // biases 0
    values.set(weights[layer]!);
    trainer.write(weight.name, values);
  });
  const found = [await trainer.step(inputs, labels), ...(await trainer.advance(19))];
  checkedSteps.forEach((step, i) => {
    expect(Math.abs(found[step]!.loss - losses[i]!), `step ${step}: ${found[step]!.loss}`).toBeLessThan(2e-5);
  });
  trainer.destroy();
});

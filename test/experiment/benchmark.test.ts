/** The dense training step that every benchmark here must do: REFERENCE's weights, batch and losses. */
import { expect, it } from "vitest";
import { Trainer } from "../../src/experiment/trainer";
import { testDevice } from "../support/device";
import { mulberry32 } from "../support/random";

const random = (seed: number, length: number) => {
  const next = mulberry32(seed);
  return Float64Array.from({ length }, () => next());
};

it.each([
  { size: "small", layers: [784, 256, 10], losses: [2.533874, 2.271006, 2.204634] },
  { size: "large", layers: [784, 1024, 1024, 10], losses: [2.487146, 2.12964, 1.97036] },
])("$size: losses at steps 0, 10 and 19", { timeout: 180_000 }, async ({ layers, losses }) => {
  const trainer = await Trainer.create(await testDevice(), {
    rule: "backprop",
    layers,
    batch: 128,
    optimizer: "sgd",
    values: { rate: 0.01 },
  });
  trainer.net.projections.forEach(({ weight, pre, post }, l) => {
    const drawn = random(100 + l, pre.size * post.size);
    const values = new Float32Array((pre.size + 1) * post.size); // biases 0
    values.set(drawn.map((u) => (2 * u - 1) * Math.sqrt(6 / pre.size)));
    trainer.write(weight.name, values);
  });
  const inputs = Float32Array.from(random(1, 128 * 784));
  const labels = Uint32Array.from(random(2, 128), (u) => Math.floor(10 * u));
  const found = [await trainer.step(inputs, labels), ...(await trainer.advance(19))];
  [0, 10, 19].forEach((step, i) => {
    expect(Math.abs(found[step]!.loss - losses[i]!), `step ${step}: ${found[step]!.loss}`).toBeLessThan(2e-5);
  });
  trainer.destroy();
});

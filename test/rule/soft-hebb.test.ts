/** Laws: shares sum to 1; a cold softmax is winner-take-all; weights come to length R. The step is that of float64. */
import { expect, it } from "vitest";
import { softHebb } from "../reference/hebbian";
import { expectAtMeans, expectStep, generic, layerOf, patterns, show, weights } from "../support/hebbian";
import { uniform } from "../support/random";

it.each([-0.5, 1])("one step with losers by %s is the float64 step", (losers) => {
  const values = { temperature: 0.7, radius: 0.5 };
  return expectStep("soft-hebb", (layer) => softHebb(layer, 0.7, Math.fround(losers), 0.5), {
    ...values,
    losers,
  });
});

it("the shares of each sample sum to 1, and the warmer the softmax the more even they are", async () => {
  const largest = async (temperature: number) => {
    const values = { temperature, losers: 1, radius: 0.5 };
    const trainer = await layerOf("soft-hebb", generic, { values, w: generic.w as Float32Array });
    await show(trainer, generic.x as Float32Array, 1);
    const share = await trainer.read("hidden/share");
    for (let s = 0; s < generic.batch; s++)
      expect(
        share.subarray(s * generic.post, (s + 1) * generic.post).reduce((sum, y) => sum + y, 0),
      ).toBeCloseTo(1, 5);
    return Math.max(...share);
  };
  const [cold, warm] = [await largest(0.01), await largest(100)];
  expect(cold).toBeGreaterThan(0.999);
  expect(warm).toBeLessThan(1.1 / generic.post);
});

it("each neuron that wins comes to the mean of its shares, with weights of length R", async () => {
  const radius = 0.5;
  const trainer = await layerOf("soft-hebb", patterns, {
    values: { rate: 1, radius, temperature: 0.1, losers: 1 },
    w: uniform(patterns.pre * patterns.post, 6, 1),
  });
  await show(trainer, patterns.x, 500);
  const share = await trainer.read("hidden/share");
  expectAtMeans(await trainer.read(weights), share, patterns, radius);
});

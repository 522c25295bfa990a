/** Law: E[ξ (W ξ)ᵀ] = Wᵀ for white noise ξ, so that feedback forgets its start as (1 − m)ᵗ and comes to W but for a known noise. */
import { expect, it } from "vitest";
import { Trainer } from "../../src/experiment/trainer";
import { testDevice } from "../support/device";

it("on frozen weights feedback converges as predicted, in mean and in spread", async () => {
  const [pre, post, batch, mirror] = [37, 9, 64, 0.1];
  const trainer = await Trainer.create(await testDevice(), {
    rule: "weight-mirror",
    layers: [1, pre, post],
    batch,
    optimizer: "sgd",
    values: { rate: 0, mirror },
  });
  const w = await trainer.read("hidden-output/weight");
  const b = await trainer.read("hidden-output/feedback");
  await trainer.step(new Float32Array(batch), new Uint32Array(batch));
  const norm = (of: (at: number) => number) =>
    Math.sqrt(
      Array.from({ length: pre * post }, (_, at) => of(at) ** 2).reduce((sum, square) => sum + square, 0),
    ); // biases left out
  // ξ_i Σ_k ξ_k w_kj varies by Σ_k w_kj² + (E ξ⁴ − 2) w_ij², E ξ⁴ = 9/5 for uniform noise; a batch averages it.
  const spread = (norm((at) => w[at]!) * Math.sqrt(pre - 1 + 0.8)) / Math.sqrt(batch);
  for (let step = 1; step <= 100; step++) {
    if (step > 1) await trainer.advance(1);
    if (![1, 10, 30, 100].includes(step)) continue;
    const found = Float32Array.from(await trainer.read("hidden-output/feedback"));
    const left = (1 - mirror) ** step;
    const off = norm((at) => found[at]! - (left * b[at]! + (1 - left) * w[at]!));
    // Σ over past batches of m² (1 − m)^2s.
    const expected = spread * Math.sqrt((mirror / (2 - mirror)) * (1 - left * left));
    expect(off / expected, `step ${step}`).toBeGreaterThan(0.8);
    expect(off / expected, `step ${step}`).toBeLessThan(1.25);
    if (step < 100) continue;
    const cosine =
      found.slice(0, pre * post).reduce((sum, v, at) => sum + v * w[at]!, 0) /
      (norm((at) => found[at]!) * norm((at) => w[at]!));
    const predicted = Math.atan(Math.sqrt(((pre - 0.2) * mirror) / ((2 - mirror) * batch)));
    expect(Math.acos(cosine)).toBeGreaterThan(0.85 * predicted);
    expect(Math.acos(cosine)).toBeLessThan(1.15 * predicted);
  }
  expect(await trainer.read("hidden-output/weight")).toEqual(w);
});

/** Law: both weights of a pair make the same change, so that decay alone moves their difference: W − B shrinks by 1 − ηλ a step. */
import { expect, it } from "vitest";
import { expectClose } from "../support/close";
import { inputs, labels, smallTrainer } from "../support/model";

const values = { rate: 0.1, decay: 0.2, momentum: 0.5 };
const kept = 1 - values.rate * values.decay;

async function differences(trainer: Awaited<ReturnType<typeof smallTrainer>>): Promise<Float64Array> {
  const all: number[] = [];
  for (const { name } of trainer.net.projections.slice(1)) {
    const [w, b] = [await trainer.read(`${name}/weight`), await trainer.read(`${name}/feedback`)];
    w.forEach((value, i) => {
      all.push(value - b[i]!);
    });
  }
  return Float64Array.from(all);
}

it.each(["sgd", "adam"] as const)("W − B shrinks by 1 − ηλ a step with %s", async (optimiser) => {
  const trainer = await smallTrainer("kolen-pollack", optimiser, values);
  const start = await differences(trainer);
  for (let step = 1; step <= 5; step++) {
    await trainer.step(inputs, labels);
    const expected = start.map((d) => d * kept ** step);
    expectClose(await differences(trainer), expected, `step ${step}`, { absolute: 5e-7 });
  }
});

it("with momentum μ it follows v ← μ v + λ d, d ← d − η v, in the end by nearly 1 − ηλ / (1 − μ) a step", async () => {
  const trainer = await smallTrainer("kolen-pollack", "momentum", values);
  let d = await differences(trainer);
  let v = new Float64Array(d.length);
  const sizes: number[] = [];
  for (let step = 1; step <= 30; step++) {
    await trainer.step(inputs, labels);
    v = v.map((speed, i) => values.momentum * speed + values.decay * d[i]!);
    d = d.map((value, i) => value - values.rate * v[i]!);
    const found = await differences(trainer);
    expectClose(found, d, `step ${step}`, { absolute: 2e-6 });
    sizes.push(Math.hypot(...found));
  }
  const limit = 1 - (values.rate * values.decay) / (1 - values.momentum);
  const excess = (values.rate * values.decay) ** 2 / (1 - values.momentum) ** 3; // the next order, doubled
  expect(Math.abs(sizes[29]! / sizes[28]! - limit)).toBeLessThan(excess);
});

/** Small lessons for Hebb's heirs: one batch, known through and through, shown over and over. */
import { expect } from "vitest";
import { Trainer } from "../../src/experiment/trainer";
import type { Values } from "../../src/net/optimiser";
import type { Chosen } from "../../src/net/rule";
import type { Layer } from "../reference/hebbian";
import { expectClose } from "./close";
import { columns, cosine, length } from "./covariance";
import { testDevice } from "./device";
import { choices, uniform } from "./random";

export { columns, cosine, knownCovariance, length } from "./covariance";

export const weights = "input-hidden/weight";

/** A rule on a network of one hidden layer, its weights as told, by plain steps, and no steps done. */
export async function layerOf(
  rule: string,
  { pre, post, batch }: Pick<Layer, "pre" | "post" | "batch">,
  { values, options, w }: { values: Values; options?: Chosen; w?: Float32Array },
): Promise<Trainer> {
  const trainer = await Trainer.create(await testDevice(), {
    rule,
    layers: [pre, post, 3],
    batch,
    optimizer: "sgd",
    values,
    ...(options && { options }),
    seed: 3,
  });
  if (w)
    trainer.write(
      weights,
      Float32Array.from({ length: (pre + 1) * post }, (_, at) => w[at] ?? 0),
    );
  return trainer;
}

/** Shows one batch `steps` times. */
export async function show(trainer: Trainer, x: Float32Array, steps: number): Promise<void> {
  await trainer.step(x, choices(trainer.net.batch, 5, 3));
  for (let left = steps - 1; left > 0; left -= 500) await trainer.advance(Math.min(500, left));
}

export const generic: Layer = {
  pre: 7,
  post: 6,
  batch: 5,
  x: uniform(5 * 7, 1),
  w: uniform(7 * 6, 2, 0.7),
};

/** One step from a generic state moves the weights by rate times the float64 change, and leaves the biases at 0. */
export async function expectStep(
  rule: string,
  change: (layer: Layer) => Float64Array,
  values: Values = {},
  options?: Chosen,
): Promise<void> {
  const rate = 0.3;
  const w = generic.w as Float32Array;
  const trainer = await layerOf(rule, generic, {
    values: { ...values, rate },
    w,
    ...(options && { options }),
  });
  await show(trainer, generic.x as Float32Array, 1);
  const expected = new Float64Array((generic.pre + 1) * generic.post);
  change(generic).forEach((by, at) => {
    expected[at] = w[at]! + rate * by;
  });
  expectClose(await trainer.read(weights), expected, `weights after a step of ${rule}`, { absolute: 1e-6 });
  trainer.destroy();
}

/** Four patterns, each mostly on a pair of inputs of its own, for four neurons. */
export const patterns = {
  pre: 8,
  post: 4,
  batch: 4,
  x: uniform(4 * 8, 4, 0.2).map((value, at) => value + ((at % 8) >> 1 === Math.floor(at / 8) ? 1 : 0)),
};

/**
 * Where competing neurons come to rest: the mean of the inputs, brought to length 1, that each takes part in, at length R.
 * @param shares [batch, post], how much each neuron takes of each sample; a neuron that takes next to nothing may be anywhere
 */
export function expectAtMeans(
  field: Float32Array,
  shares: Float32Array,
  { pre, post, batch, x }: Pick<Layer, "pre" | "post" | "batch"> & { readonly x: Float32Array },
  radius: number,
): void {
  const inputs = Array.from({ length: batch }, (_, s) =>
    Float64Array.from(x.subarray(s * pre, (s + 1) * pre)),
  );
  let takers = 0;
  columns(field, pre, post).forEach((w, j) => {
    const own = inputs.map((_, s) => shares[s * post + j]!);
    if (Math.max(...own) < 0.5) return;
    takers++;
    const mean = new Float64Array(pre);
    inputs.forEach((input, s) => {
      input.forEach((value, i) => {
        mean[i]! += (own[s]! * value) / length(input);
      });
    });
    expect(length(w), `length of neuron ${j}`).toBeCloseTo(radius, 2);
    expect(cosine(w, mean), `direction of neuron ${j}`).toBeGreaterThan(0.999);
  });
  expect(takers).toBeGreaterThan(1);
}

/**
 * Laws of learning from reward, in float64: no dopamine moves nothing, dopamine turned over turns the change over, the mean
 * of node perturbation over ever more trials points along the gradient, and attention through the forward weights is a gradient.
 */
import { describe, expect, it } from "vitest";
import { expectClose } from "../support/close";
import { mulberry32, uniform } from "../support/random";
import {
  attention,
  type Factors,
  gradient,
  perturbation,
  type RewardNet,
  reinforce,
  softmax,
  threeFactors,
  trial,
} from "./reward";

const layers = [4, 5, 3];
const net: RewardNet = {
  layers,
  activation: "tanh",
  weights: layers.slice(1).map((post, l) => Float64Array.from(uniform((layers[l]! + 1) * post, 9 + l, 0.7))),
};
const input = Array.from(uniform(4, 5));
const label = 1;
const unit = (next: () => number, size: number) =>
  Array.from({ length: size }, () => Math.sqrt(3) * (2 * next() - 1));

describe.each([
  ["REINFORCE", reinforce, [5]],
  ["node perturbation", perturbation, [5, 3]],
] as const)("%s", (_, rule, noisy) => {
  it("without dopamine moves nothing, and turns over with it", () => {
    const next = mulberry32(3);
    const factors: Factors[] = rule(net, input, label, {
      luck: 0.4,
      stray: noisy.map((size) => unit(next, size)),
      noise: 0.5,
      expectation: 0.3,
    });
    for (const each of factors) {
      expect(each.dopamine).not.toBe(0);
      const change = threeFactors(each);
      expect(change.some((value) => value !== 0)).toBe(true);
      expect(threeFactors({ ...each, dopamine: 0 }).every((value) => value === 0)).toBe(true);
      expect(threeFactors({ ...each, dopamine: -each.dopamine })).toEqual(change.map((value) => -value));
    }
  });
});

it("the mean of node perturbation comes to point along the gradient of expected reward", () => {
  const wanted = gradient(net, (of) => softmax(trial(of, input).drives.at(-1)!)[label]!).flat();
  const sum = new Float64Array(wanted.length);
  const next = mulberry32(7);
  const length = (of: ArrayLike<number>) => Math.hypot(...Array.from(of));
  const cosine = () =>
    wanted.reduce((a, value, at) => a + value * sum[at]!, 0) / (length(wanted) * length(sum));
  const found: number[] = [];
  for (let t = 1; t <= 30_000; t++) {
    const factors = perturbation(net, input, label, {
      luck: next(),
      stray: [unit(next, 5), unit(next, 3)],
      noise: 0.25,
      expectation: "sample",
    });
    factors.flatMap(threeFactors).forEach((value, at) => {
      sum[at]! += value;
    });
    if ([300, 3000, 30_000].includes(t)) found.push(cosine());
  }
  const [some, more, most] = found;
  expect(most).toBeGreaterThan(0.98);
  expect(more).toBeGreaterThan(some!);
  expect(most).toBeGreaterThan(more!);
});

it("attention down the forward weights is the gradient of half the squared prediction error, for every choice", () => {
  for (const choice of [0, 1, 2]) {
    const found = attention(net, input, label, choice, net.weights);
    const reward = Number(choice === label);
    const expected = gradient(net, (of) => -0.5 * (reward - trial(of, input).said.at(-1)![choice]!) ** 2);
    for (const [l, direction] of found.entries())
      expectClose(direction, expected[l]!, `choice ${choice}, projection ${l + 1}`, {
        relative: 1e-7,
        absolute: 1e-10,
      });
  }
});

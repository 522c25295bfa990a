/** Dopamine by time and trial against float64; it moves from reward to cue, and dips by what was expected when reward stays away. */
import { describe, expect, it } from "vitest";
import { Conditioning } from "../../src/experiment/conditioning";
import { planConditioning } from "../../src/task/conditioning";
import { tdTrial } from "../reference/td";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";

const peak = (values: ArrayLike<number>) => Array.from(values).indexOf(Math.max(...Array.from(values)));

it.each([0, 0.8])("each trial's dopamine is the float64 loop's (λ = %f)", async (trace) => {
  const task = { steps: 11, cue: 3, reward: 7, rate: 0.3, discount: 0.9, trace };
  const conditioning = await Conditioning.create(await testDevice(), { ...task, size: 2, omit: 20 });
  const found = await conditioning.run(24);
  const weights = new Float64Array(11);
  for (const [trial, delta] of found.entries())
    expectClose(delta, tdTrial(task, weights, trial === 20 ? 0 : 2), `trial ${trial}`, { absolute: 2e-6 });
  expectClose(
    await conditioning.expectation(),
    Float64Array.from({ length: 11 }, (_, t) => (t < 3 ? 0 : weights[t - 3]!)),
    "expectation",
    { absolute: 2e-6 },
  );
});

it("moves from the reward to the cue, where it is the discounted reward, and dips by what was expected at omission", async () => {
  const [cue, reward, discount] = [3, 9, 0.95];
  const conditioning = await Conditioning.create(await testDevice(), {
    steps: 14,
    cue,
    reward,
    discount,
    rate: 0.5,
    omit: 100,
  });
  const trials = await conditioning.run(100);
  expect(peak(trials[0]!)).toBe(reward);
  expect(trials[0]![reward]).toBe(1);
  const peaks = trials.map(peak);
  expect(peaks.some((at) => at > cue && at < reward)).toBe(true); // on its way
  const last = trials.at(-1)!;
  expect(peak(last)).toBe(cue);
  expect(last[cue]).toBeCloseTo(discount ** (reward - cue), 3);
  expect(Math.abs(last[reward]!)).toBeLessThan(1e-3);
  const before = await conditioning.expectation();
  const [omitted] = await conditioning.run(1);
  expect(omitted!.indexOf(Math.min(...omitted!))).toBe(reward);
  expect(omitted![reward]).toBeCloseTo(-before[reward - 1]!, 5);
  expect(omitted![reward]).toBeLessThan(-0.99);
  expect(omitted![cue]).toBeCloseTo(last[cue]!, 3);
  const [after] = await conditioning.run(1);
  expect(after![reward]).toBeGreaterThan(0); // it was doubted, and comes as a small surprise
});

it("a later reward surprises twice: it stays away when due, and comes when not", async () => {
  const conditioning = await Conditioning.create(await testDevice(), {
    steps: 14,
    cue: 3,
    reward: 9,
    rate: 0.5,
  });
  await conditioning.run(80);
  conditioning.set({ reward: 11 });
  const [late] = await conditioning.run(1);
  expect(late![9]).toBeLessThan(-0.9);
  expect(late![11]).toBeGreaterThan(0.9);
});

describe("what can't be is refused in one sentence", () => {
  it.each([
    [
      { cue: 8, reward: 8 },
      "The reward must come after the cue and within the trial, at a whole time step from 9 to 29, but got 8.",
    ],
    [{ reward: 30 }, "The reward must come after the cue and within the trial"],
    [{ cue: 0 }, "The cue must come at a whole time step from 1 to 29, within the trial, but got 0."],
    [{ steps: 2 }, "A trial must have a whole number of time steps from 3 to 1000, but got 2."],
    [{ rate: -0.1 }, "The learning rate must be a number from 0 to 1, but got -0.1."],
    [{ discount: 1.1 }, "The discount must be a number from 0 to 1, but got 1.1."],
    [{ trace: Number.NaN }, "The trace λ must be a number from 0 to 1, but got NaN."],
    [{ omit: -3 }, "The trial whose reward is left out must be a whole number from 0, but got -3."],
  ])("%o", (options, message) => {
    expect(() => planConditioning(options)).toThrow(message);
  });
});

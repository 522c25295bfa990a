/** Values against float64 loops over the GPU's own pay and choices; regret and best choices as known; bad input in a sentence. */
import { describe, expect, it } from "vitest";
import { Bandit } from "../../src/experiment/bandit";
import { planBandit } from "../../src/task/bandit";
import { optimalShare } from "../reference/bandit";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";
import { mulberry32 } from "../support/random";

it.each([
  { pay: "gaussian", policy: "greedy" },
  { pay: "bernoulli", policy: "softmax" },
] as const)(
  "$pay, $policy: every trial moves the chosen value by rate × prediction error",
  async ({ pay, policy }) => {
    const [arms, agents, rate] = [5, 9, 0.3];
    const bandit = await Bandit.create(await testDevice(), {
      arms,
      agents,
      pay,
      policy,
      rate,
      exploration: 0.5,
    });
    const value = new Float64Array(arms * agents);
    for (let trial = 0; trial < 12; trial++) {
      const [score] = await bandit.run(1);
      const [choice, paid, average] = await Promise.all(
        ["choice", "pay", "average"].map((what) => bandit.read(`output/${what}`)),
      );
      let [earned, regret, optimal] = [0, 0, 0];
      for (let agent = 0; agent < agents; agent++) {
        const own = (of: ArrayLike<number>) =>
          Array.from({ length: arms }, (_, arm) => of[agent * arms + arm]!);
        const chosen = own(choice!).indexOf(1);
        expect(own(choice!).filter((one) => one === 1)).toHaveLength(1);
        const at = agent * arms + chosen;
        value[at]! += rate * (paid![at]! - value[at]!);
        const best = Math.max(...own(average!));
        earned += paid![at]! / agents;
        regret += (best - average![at]!) / agents;
        optimal += (average![at] === best ? 1 : 0) / agents;
      }
      expectClose([score!.pay, score!.regret, score!.optimal], [earned, regret, optimal], `trial ${trial}`, {
        absolute: 1e-5,
      });
      expectClose(await bandit.read("output/value"), value, `values after trial ${trial}`, {
        absolute: 1e-5,
      });
    }
  },
);

it("arms are as they should be: normal with mean 0 and variance 1, or uniform, and pay varies around them", async () => {
  for (const pay of ["gaussian", "bernoulli"] as const) {
    const bandit = await Bandit.create(await testDevice(), { arms: 8, agents: 1000, pay });
    await bandit.run(1);
    const [average, paid] = [await bandit.read("output/average"), await bandit.read("output/pay")];
    const mean = (of: ArrayLike<number>) => Array.from(of).reduce((a, b) => a + b, 0) / of.length;
    const variance = (of: ArrayLike<number>) => mean(Array.from(of, (value) => (value - mean(of)) ** 2));
    expect(mean(average)).toBeCloseTo(pay === "gaussian" ? 0 : 0.5, 1);
    expect(variance(average)).toBeCloseTo(pay === "gaussian" ? 1 : 1 / 12, 1);
    expect(mean(paid)).toBeCloseTo(mean(average), 1);
    expect(variance(Array.from(paid, (value, at) => value - average[at]!))).toBeCloseTo(
      pay === "gaussian" ? 1 : 1 / 6,
      1,
    );
  }
});

it.each([0.1, 0])(
  "agents come to choose their best arm as often as the testbed's do (ε = %f)",
  async (exploration) => {
    const set = { arms: 10, agents: 200, exploration, rate: 0.1 };
    const bandit = await Bandit.create(await testDevice(), set);
    const scores = await bandit.run(120);
    expect(scores[0]!.optimal).toBeLessThan(0.2); // nothing is known yet
    const found = scores.slice(60).reduce((sum, { optimal }) => sum + optimal / 60, 0);
    const expected = optimalShare(mulberry32(5), set, 60, 120);
    // An agent's own share varies by at most 1/2; both are means over 200 agents.
    expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt((2 * 0.25) / 200));
    expect(found).toBeGreaterThan(0.35);
  },
);

it("the same seed gives the same trials, another one others", async () => {
  const run = async (seed: number) => (await Bandit.create(await testDevice(), { agents: 20, seed })).run(30);
  expect(await run(3)).toEqual(await run(3));
  expect(await run(3)).not.toEqual(await run(4));
});

describe("what can't be is refused in one sentence", () => {
  it.each([
    [{ arms: 1 }, "A bandit must have a whole number of arms from 2 to 10000, but got 1."],
    [{ agents: 0 }, "The agents must be a whole number from 1 to 65535, but got 0."],
    [{ exploration: 1.5 }, "The exploration ε must be a number from 0 to 1, but got 1.5."],
    [{ temperature: 0 }, "The temperature must be a number above 0, but got 0."],
    [{ rate: -1 }, "The learning rate must be a number from 0 to 1, but got -1."],
    [{ seed: 0.5 }, "The seed must be a whole number from 0 to 4294967295, but got 0.5."],
  ])("%o", (options, message) => {
    expect(() => planBandit(options)).toThrow(message);
  });
});

/** Typed rules that train. Oracles: the built-in rules, the language's own float64 evaluator in a plain loop, and interventions. */
import { describe, expect, it } from "vitest";
import { auditRule } from "../../src/experiment/audit";
import { customRule } from "../../src/experiment/custom";
import type { TrainerOptions } from "../../src/experiment/plan";
import { Trainer } from "../../src/experiment/trainer";
import { evaluateRule } from "../../src/expression/evaluate";
import { parseRule } from "../../src/expression/rule";
import type { Rule } from "../../src/net/rule";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";
import { knownCovariance } from "../support/hebbian";
import { expectHeardAsClaimed, expectTransportsAsClaimed } from "../support/intervene";
import { choices, uniform } from "../support/random";

const weights = "input-hidden/weight";

/** A rule on 6 inputs, 3 neurons that learn and 3 classes, by plain steps. */
async function trainer(
  rule: string | Rule,
  values: TrainerOptions["values"] & object,
  batch: number,
): Promise<Trainer> {
  return Trainer.create(await testDevice(), {
    ...{ rule, layers: [6, 3, 3], batch, optimizer: "sgd", values, seed: 3 },
  });
}

/** Weights after so many steps on one batch. */
async function weightsAfter(rule: string | Rule, rate: number, steps: number): Promise<Float32Array> {
  const { x } = knownCovariance([4, 1, 0.5, 0.3, 0.2, 0.1], 7);
  const one = await trainer(rule, { rate }, 12);
  await one.step(x, choices(12, 5, 3));
  for (let left = steps - 1; left > 0; left -= 100) await one.advance(Math.min(100, left));
  const end = await one.read(weights);
  one.destroy();
  return end;
}

describe.each([
  ["oja", "dw = post * (pre - post * w)", 0.02, 400],
  ["hebb", "pre * post", 0.002, 200],
])("%s, typed as a user would", (name, text, rate, steps) => {
  it(`has the built-in rule's weights after ${steps} steps`, async () => {
    const [own, builtIn] = [
      await weightsAfter(customRule(parseRule(text)), rate, steps),
      await weightsAfter(name, rate, steps),
    ];
    const most = builtIn.reduce((all, value) => Math.max(all, Math.abs(value)), 0);
    expect(most).toBeGreaterThan(0.5);
    expectClose(own, builtIn, "weights", { relative: 1e-6, absolute: 1e-6 });
  });
});

it("a rule that declares its rate is added as it stands", async () => {
  const own = customRule(parseRule("param rate = 0.02 in 0 .. 1\ndw = rate * post * (pre - post * w)"));
  expectClose(await weightsAfter(own, 0.02, 100), await weightsAfter("oja", 0.02, 100), "weights", {
    absolute: 1e-6,
  });
});

describe("what a synapse sees", () => {
  const [inputs, neurons, batch, steps] = [6, 3, 4, 12];
  const text = `param gain = 0.7 in 0 .. 1
let surprise = (pre - preTrace) * (post - postTrace)
dw = gain * surprise + 0.3 * eligibility * dopamine - tanh(postSquareTrace) * w + (dopamine > 0 ? 0.1 : -0.1) * pre`;

  it(`is what the float64 loop sees, over ${steps} steps of new samples`, async () => {
    const program = parseRule(text);
    const values = { rate: 0.05, tauTrace: 5, tauEligibility: 8, memory: 4, exploration: 0.3 };
    const live = await trainer(customRule(program), values, batch);
    let w = Float64Array.from((await live.read(weights)).subarray(0, inputs * neurons));
    const preTrace = new Float64Array(inputs);
    const [postTrace, postSquareTrace] = [new Float64Array(neurons), new Float64Array(neurons)];
    const eligibility = new Float64Array(inputs * neurons);
    const heard = { good: 0, bad: 0 };
    let expected = 0;
    for (let step = 0; step < steps; step++) {
      const x = uniform(batch * inputs, 100 + step);
      await live.step(x, choices(batch, step, 3));
      const dopamine = await live.read("dopamine");
      const post = Float64Array.from({ length: batch * neurons }, (_, at) => {
        const [s, j] = [Math.floor(at / neurons), at % neurons];
        return x
          .subarray(s * inputs, (s + 1) * inputs)
          .reduce((sum, value, i) => sum + value * w[i * neurons + j]!, 0);
      });
      const mean = (of: (s: number) => number) =>
        Array.from({ length: batch }, (_, s) => of(s)).reduce((sum, value) => sum + value, 0) / batch;
      for (let i = 0; i < inputs; i++) preTrace[i]! += (mean((s) => x[s * inputs + i]!) - preTrace[i]!) / 5;
      for (let j = 0; j < neurons; j++) {
        postTrace[j]! += (mean((s) => post[s * neurons + j]!) - postTrace[j]!) / 5;
        postSquareTrace[j]! += (mean((s) => post[s * neurons + j]! ** 2) - postSquareTrace[j]!) / 5;
      }
      const before = w;
      w = before.map((own, at) => {
        const [i, j] = [Math.floor(at / neurons), at % neurons];
        const pair = mean((s) => x[s * inputs + i]! * post[s * neurons + j]!);
        eligibility[at]! += (pair - eligibility[at]!) / 8;
        const change = mean((s) =>
          evaluateRule(
            program,
            new Map([
              ...([
                ["w", own],
                ["pre", x[s * inputs + i]!],
                ["post", post[s * neurons + j]!],
              ] as const),
              ...([
                ["preTrace", preTrace[i]!],
                ["postTrace", postTrace[j]!],
              ] as const),
              ...([
                ["postSquareTrace", postSquareTrace[j]!],
                ["eligibility", eligibility[at]!],
              ] as const),
              ["dopamine", dopamine[s]!] as const,
            ]),
          ),
        );
        return own + 0.05 * change;
      });
      // Reward 1 or 0, less what was expected; the mean over the batch then moves what is expected.
      const rewards = Array.from(dopamine, (value) => value + expected);
      for (const reward of rewards) {
        expect(Math.min(Math.abs(reward), Math.abs(reward - 1))).toBeLessThan(1e-6);
        heard[reward > 0.5 ? "good" : "bad"]++;
      }
      expected += (rewards.reduce((sum, value) => sum + value, 0) / batch - expected) / 4;
      const now = (await live.read(weights)).subarray(0, inputs * neurons);
      expectClose(now, w, `weights after step ${step + 1}`, { relative: 1e-4, absolute: 2e-6 });
    }
    expect(Math.min(heard.good, heard.bad)).toBeGreaterThan(4);
    live.set({ gain: 0 });
    expect(live.values.gain).toBe(0);
    expect(() => live.set({ gain: 2 })).toThrow("from 0 to 1");
    live.destroy();
  });
});

describe("the audit, derived", () => {
  const asked = (text: string) => {
    const { updates } = auditRule(customRule(parseRule(text)), { layers: [6, 3, 2] });
    const { weightTransport, locality, teaching, locking } = updates.find(({ layer }) => layer === 1)!;
    return { weightTransport, locality, teaching: teaching?.kind, waits: locking.layers };
  };
  const alone = { weightTransport: [], locality: "local", teaching: undefined, waits: [] };

  it.each([
    ["dw = post * (pre - post * w)", alone],
    ["dw = (pre - preTrace) * (post - postTrace)", alone],
    ["dw = eligibility - w", alone],
    ["dw = post * (post - postSquareTrace) * pre", alone],
    [
      "dw = dopamine * eligibility",
      { ...alone, locality: "three-factor", teaching: "one scalar", waits: [2] },
    ],
  ])("%s", (text, verdict) => expect(asked(text)).toEqual(verdict));

  it("holds when what it names is disturbed", async () => {
    const rule = customRule(parseRule("dw = dopamine * eligibility + (pre - preTrace) * (post - postTrace)"));
    const values = { tauTrace: 3, tauEligibility: 3, memory: 5, exploration: 0.5 };
    await expectHeardAsClaimed(rule, {}, values);
    await expectTransportsAsClaimed(rule, {}, values);
  });
});

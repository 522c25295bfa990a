/**
 * Laws: a step is the float64 loop's; with attention going down the forward weights themselves it is, for every choice, the
 * exact gradient of half the squared prediction error of that choice; feedback that learns meets its partner as Kolen & Pollack's.
 */
import { describe, expect, it } from "vitest";
import { attention, gradient, type RewardNet, trial } from "../reference/reward";
import { expectClose, expectSameBits } from "../support/close";
import { choices, uniform } from "../support/random";
import { type Bandit, bandit } from "../support/reward";

const layers = [5, 6, 4, 3];
const batch = 7;
const inputs = uniform(batch * 5, 1);
const labels = choices(batch, 2, 3);
const values = { rate: 0.1, exploration: 0.4 };

const start = async (feedback: string, change: "written" | "sgd" = "written", told = values) => {
  const made = await bandit(
    "attention-gated",
    { layers, batch, activation: "tanh", output: "identity" },
    told,
    { feedback },
    change,
  );
  made.memory.write("input/activity", inputs);
  made.memory.write("target", labels);
  return made;
};

/** The network in float64, what each sample chose, and the weights that attention went down. */
async function seen({ memory, net }: Bandit) {
  const weights = await Promise.all(net.projections.map(({ weight }) => memory.read(weight.name)));
  const learned = memory.names().includes("hidden2-output/feedback");
  const feedback = await Promise.all(
    net.projections.map(({ weight, name, pre }) =>
      memory.read(learned && pre.layer > 0 ? `${name}/feedback` : weight.name),
    ),
  );
  const reference: RewardNet = { layers, activation: "tanh", weights: weights as Float32Array[] };
  const choice = (await memory.read("output/choice")) as Float32Array;
  const chosen = Array.from({ length: batch }, (_, s) => [0, 1, 2].findIndex((n) => choice[3 * s + n] === 1));
  return { reference, chosen, feedback: feedback as Float32Array[] };
}
const inputOf = (s: number) => Array.from(inputs.subarray(5 * s, 5 * s + 5));
const mean = (of: (s: number) => number[][]) =>
  layers.slice(1).map((post, l) => {
    const sum = new Float64Array((layers[l]! + 1) * post);
    for (let s = 0; s < batch; s++)
      of(s)[l]!.forEach((value, at) => {
        sum[at]! += value / batch;
      });
    return sum;
  });

describe.each(["learned", "transpose"])("%s feedback", (kind) => {
  it("is the float64 loop's step, explorers among the samples", async () => {
    const made = await start(kind);
    await made.step();
    const { reference, chosen, feedback } = await seen(made);
    const best = chosen.map((_, s) => {
      const said = trial(reference, inputOf(s)).said.at(-1)!;
      return said.indexOf(Math.max(...said));
    });
    expect(chosen.some((choice, s) => choice !== best[s])).toBe(true);
    expect(chosen.some((choice, s) => choice === best[s])).toBe(true);
    const expected = mean((s) => attention(reference, inputOf(s), labels[s]!, chosen[s]!, feedback));
    for (const [l, found] of (await made.directions()).entries())
      expectClose(found, expected[l]!, `projection ${l + 1}`, { absolute: 1e-6 });
  });

  it("turns over with dopamine, and rests without it, bit for bit", async () => {
    const once = async (factor: number) => {
      const { step, directions } = await start(kind);
      await step((heard) => heard.map((value) => factor * value));
      return directions();
    };
    const [as, turned, none] = [await once(1), await once(-1), await once(0)];
    for (const [l, found] of as.entries()) {
      expectSameBits(
        turned[l]!,
        found.map((value) => -value),
        `projection ${l + 1}, turned over`,
      );
      expect(found.some((value) => value !== 0)).toBe(true);
      expect(
        none[l]!.every((value) => value === 0),
        `projection ${l + 1} without dopamine`,
      ).toBe(true);
    }
  });
});

it("through the forward weights it is the gradient of half the squared prediction error of the choice", async () => {
  const made = await start("transpose");
  await made.step();
  const { reference, chosen } = await seen(made);
  const half = (of: RewardNet, s: number) =>
    0.5 * ((chosen[s] === labels[s] ? 1 : 0) - trial(of, inputOf(s)).said.at(-1)![chosen[s]!]!) ** 2;
  const expected = mean((s) => gradient(reference, (of) => -half(of, s)));
  for (const [l, found] of (await made.directions()).entries())
    expectClose(found, expected[l]!, `projection ${l + 1}`, { absolute: 1e-6, relative: 1e-4 });
});

it("feedback comes to meet the forward weights by 1 − ηλ a step", async () => {
  const { runner, memory } = await start("learned", "sgd", { ...values, decay: 0.5 } as typeof values);
  const apart = async () => {
    const [w, b] = await Promise.all(
      ["weight", "feedback"].map((what) => memory.read(`hidden2-output/${what}`)),
    );
    return Math.sqrt(w!.reduce((sum, value, at) => sum + (value - b![at]!) ** 2, 0));
  };
  const before = await apart();
  runner.run(20);
  expect((await apart()) / before).toBeCloseTo((1 - 0.1 * 0.5) ** 20, 4);
});

it("chooses the best but for a share ε of the samples, which choose any", async () => {
  const many = 8192;
  const { memory, step } = await bandit(
    "attention-gated",
    { layers: [1, 4], batch: many, output: "identity" },
    { rate: 0, exploration: 0.2 },
    {},
    "sgd",
  );
  memory.write("input/activity", new Float32Array(many).fill(1));
  memory.write("input-output/weight", Float32Array.of(0.1, 0.9, 0.2, 0.3, 0, 0, 0, 0));
  await step();
  const choice = (await memory.read("output/choice")) as Float32Array;
  const share = [0, 1, 2, 3].map(
    (n) => choice.filter((value, at) => at % 4 === n && value === 1).length / many,
  );
  for (const [n, found] of share.entries()) {
    const chance = n === 1 ? 0.85 : 0.05;
    expect(Math.abs(found - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / many));
  }
});

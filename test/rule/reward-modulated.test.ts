/**
 * Laws: each form's step is the float64 loop's; no dopamine moves nothing, bit for bit, and dopamine turned over turns the
 * update over; what the update is on the average is the gradient, of expected reward or of ln p, to the size.
 */
import { describe, expect, it } from "vitest";
import { noise } from "../reference/random";
import {
  gradient,
  lastingTrace,
  perturbation,
  type RewardNet,
  reinforce,
  softmax,
  threeFactors,
  trial,
} from "../reference/reward";
import { expectClose, expectSameBits } from "../support/close";
import { choices, uniform } from "../support/random";
import { bandit } from "../support/reward";

const layers = [5, 6, 4, 3];
const batch = 7;
const inputs = uniform(batch * 5, 1);
const labels = choices(batch, 2, 3);
const values = { rate: 0.1, hiddenRate: 0.2, noise: 1, memory: 50, trace: 0.8, exploration: 0 };
const rows = (flat: ArrayLike<number>, width: number) =>
  Array.from({ length: flat.length / width }, (_, row) =>
    Array.from({ length: width }, (_, i) => flat[row * width + i]!),
  );
const forms = ["reinforce", "node-perturbation"] as const;
const cases = forms.flatMap((form) =>
  (["sample", "running"] as const).map((expectation) => ({ form, expectation })),
);

describe.each(cases)("$form against a $expectation expectation", ({ form, expectation }) => {
  const start = async (options: Record<string, string> = {}, change: "written" | "sgd" = "written") => {
    const made = await bandit(
      "reward-modulated",
      { layers, batch, activation: "tanh" },
      values,
      { form, expectation, ...options },
      change,
    );
    made.memory.write("input/activity", inputs);
    made.memory.write("target", labels);
    if (expectation === "running") made.memory.write("expectation", Float32Array.of(0.3));
    return made;
  };

  it("is the float64 loop's step", async () => {
    const { memory, net, step, directions } = await start();
    await step();
    const weights = await Promise.all(net.projections.map(({ weight }) => memory.read(weight.name)));
    const reference: RewardNet = { layers, activation: "tanh", weights: weights as Float32Array[] };
    const stray = [1, 2, 3].map((l) => rows(noise(batch, layers[l]!, 1, l, 0), layers[l]!));
    const luck = await memory.read("luck");
    const rule = form === "reinforce" ? reinforce : perturbation;
    const expected = layers.slice(1).map((post, l) => new Float64Array((layers[l]! + 1) * post));
    for (const [s, input] of rows(inputs, 5).entries())
      rule(reference, input, labels[s]!, {
        luck: luck[2 * s]!,
        stray: (form === "reinforce" ? stray.slice(0, 2) : stray).map((one) => one[s]!),
        noise: values.noise,
        expectation: expectation === "running" ? 0.3 : "sample",
      }).forEach((factors, l) => {
        threeFactors(factors).forEach((value, at) => {
          expected[l]![at]! += value / batch;
        });
      });
    for (const [l, found] of (await directions()).entries())
      expectClose(found, expected[l]!, `projection ${l + 1}`, { absolute: 5e-6, relative: 1e-4 });
    const mean = (await memory.read("reward")).reduce((sum, one) => sum + one / batch, 0);
    if (expectation === "running")
      expect((await memory.read("expectation"))[0]).toBeCloseTo(0.3 + (mean - 0.3) / values.memory, 6);
  });

  it("with an eligibility that lasts is the float64 loops' over several steps, in weights and traces", async () => {
    const { memory, net, step } = await start({ eligibility: "trace" }, "sgd");
    const read = (of: (name: string) => string) =>
      Promise.all(net.projections.map(async ({ name }) => Float64Array.from(await memory.read(of(name)))));
    const weightOf = (name: string) => `${name}/weight`;
    const traceOf = (name: string) => `${name}/eligibility`;
    let weights: readonly Float64Array[] = await read(weightOf);
    let traces: readonly Float64Array[] = await read(traceOf);
    const begun = weights;
    for (let t = 0; t < 3; t++) {
      const expected = expectation === "running" ? (await memory.read("expectation"))[0]! : "sample";
      await step();
      const luck = await memory.read("luck");
      const reference: RewardNet = { layers, activation: "tanh", weights };
      const stray = [1, 2, 3].map((l) => rows(noise(batch, layers[l]!, 1, l, t), layers[l]!));
      const rule = form === "reinforce" ? reinforce : perturbation;
      const trials = rows(inputs, 5).map((input, s) =>
        rule(reference, input, labels[s]!, {
          luck: luck[2 * s]!,
          stray: (form === "reinforce" ? stray.slice(0, 2) : stray).map((one) => one[s]!),
          noise: values.noise,
          expectation: expected,
        }),
      );
      const learned = traces.map((trace, l) =>
        lastingTrace(
          trace,
          trials.map((one) => one[l]!),
          values.trace,
        ),
      );
      const rate = (l: number) => (l < 2 ? values.hiddenRate : values.rate);
      weights = weights.map((w, l) => w.map((value, at) => value + rate(l) * learned[l]!.change[at]!));
      traces = learned.map(({ trace }) => trace);
      for (const [l, found] of (await read(weightOf)).entries())
        expectClose(found, weights[l]!, `weights ${l + 1} after ${t + 1} steps`, {
          absolute: 5e-6,
          relative: 1e-4,
        });
      for (const [l, found] of (await read(traceOf)).entries())
        expectClose(found, traces[l]!, `traces ${l + 1} after ${t + 1} steps`, {
          absolute: 5e-6,
          relative: 1e-4,
        });
    }
    for (const [l, w] of weights.entries())
      expect(w.some((value, at) => Math.abs(value - begun[l]![at]!) > 1e-3)).toBe(true);
    memory.destroy();
  });

  it("turns over with dopamine, and rests without it, bit for bit", async () => {
    const once = async (dopamine: (values: Float32Array) => Float32Array) => {
      const { step, directions, memory } = await start();
      await step(dopamine);
      const found = await directions();
      memory.destroy();
      return found;
    };
    const [as, turned, none] = [
      await once((heard) => heard.map((value, s) => value + 0.1 * (s + 1))),
      await once((heard) => heard.map((value, s) => -(value + 0.1 * (s + 1)))),
      await once((heard) => heard.map(() => 0)),
    ];
    for (const [l, found] of as.entries()) {
      expect(
        found.some((value) => value !== 0),
        `projection ${l + 1}`,
      ).toBe(true);
      expectSameBits(
        turned[l]!,
        found.map((value) => -value),
        `projection ${l + 1}, turned over`,
      );
      expect(
        none[l]!.every((value) => value === 0),
        `projection ${l + 1} without dopamine`,
      ).toBe(true);
    }
    const { step, memory, net } = await start({}, "sgd");
    const before = await Promise.all(net.projections.map(({ weight }) => memory.read(weight.name)));
    await step((heard) => heard.map(() => 0));
    for (const [l, { weight }] of net.projections.entries())
      expectSameBits(await memory.read(weight.name), before[l]!, weight.name);
  });

  it("leaves frozen hidden layers alone", async () => {
    const { step, memory, net } = await start({ hidden: "frozen" }, "sgd");
    const names = net.projections.map(({ weight }) => weight.name);
    const before = await Promise.all(names.map((name) => memory.read(name)));
    await step((heard) => heard.map(() => 1));
    const after = await Promise.all(names.map((name) => memory.read(name)));
    expect(after.map((one, l) => one.some((value, at) => value !== before[l]![at]))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

/** A batch of one sample over and over, each with luck and noise of its own, so that a step's direction is a mean. */
describe("on the average, over ever more trials,", () => {
  const many = 4096;
  const input = Array.from(uniform(5, 5));
  const label = 1;

  it.each([
    { form: "reinforce", expectation: "sample", noise: 0.02, steps: 24, within: 0.12, cosine: 0.995 },
    { form: "reinforce", expectation: "running", noise: 0.02, steps: 24, within: 0.12, cosine: 0.995 },
    { form: "node-perturbation", expectation: "sample", noise: 0.25, steps: 48, within: 0.2, cosine: 0.985 },
  ])(
    "$form ($expectation) goes along the gradient, as far as it is steep",
    async ({ form, expectation, steps, within, cosine, ...set }) => {
      const { memory, net, step, directions } = await bandit(
        "reward-modulated",
        { layers: [5, 4, 3], batch: many, activation: "tanh" },
        { ...values, noise: set.noise, memory: 1e6 },
        { form, expectation },
      );
      memory.write(
        "input/activity",
        Float32Array.from({ length: many * 5 }, (_, at) => input[at % 5]!),
      );
      memory.write("target", new Uint32Array(many).fill(label));
      for (const { weight, pre, post } of net.projections)
        memory.write(weight.name, uniform((pre.size + 1) * post.size, 9, 0.7));
      const reference: RewardNet = {
        layers: [5, 4, 3],
        activation: "tanh",
        weights: await Promise.all(net.projections.map(async ({ weight }) => memory.read(weight.name))),
      };
      const chance = (of: RewardNet) => softmax(trial(of, input).drives.at(-1)!)[label]!;
      const relative = form === "reinforce" && expectation === "sample";
      const wanted = gradient(reference, (of) => (relative ? Math.log(chance(of)) : chance(of))).flat();
      const sum = new Float64Array(wanted.length);
      const off: number[] = [];
      for (let t = 1; t <= steps; t++) {
        await step();
        const found = (await directions()).flatMap((one) => Array.from(one));
        found.forEach((value, at) => {
          sum[at]! += value;
        });
        const length = (of: ArrayLike<number>) => Math.sqrt(Array.from(of).reduce((a, b) => a + b * b, 0));
        off.push(length(wanted.map((value, at) => sum[at]! / t - value)) / length(wanted));
        if (t < steps) continue;
        const dot = wanted.reduce((a, value, at) => a + value * sum[at]!, 0);
        expect(dot / (length(wanted) * length(sum))).toBeGreaterThan(cosine);
        expect(off.at(-1)).toBeLessThan(within);
      }
    },
  );
});

/** Oracle: plain float64 loops over every neuron, synapse and sample. */
import { describe, expect, it } from "vitest";
import { Builder } from "../../src/net/builder";
import { network } from "../../src/net/network";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";
import { uniform } from "../support/random";
import { dirtyPads, ready } from "../support/run";

const [pre, post, batch] = [7, 6, 5];
const net = network({ layers: [pre, post, 3], batch, activation: "tanh" });
const [input, hidden] = [net.populations[0]!, net.populations[1]!];
const { weight } = net.projections[0]!;
const x = uniform(batch * pre, 1);
const y = uniform(batch * post, 2);
const w = uniform((pre + 1) * post, 3);

describe("change", () => {
  /** Oja's rule in float64, averaged over the batch; the bias's pre is 1. */
  const oja = Float64Array.from({ length: w.length }, (_, at) => {
    const [i, j] = [Math.floor(at / post), at % post];
    let sum = 0;
    for (let s = 0; s < batch; s++) {
      const [own, out] = [i < pre ? x[s * pre + i]! : 1, y[s * post + j]!];
      sum += out * (own - out * w[at]!);
    }
    return sum / batch;
  });

  it.each([true, false])("moves each synapse by the mean of what it sees itself (bias: %s)", async (bias) => {
    const device = await testDevice();
    const { memory, runner } = await ready(
      device,
      net,
      (step) => step.change("rule/oja", weight, 1, { pre: input.activity, post: hidden.activity }, { bias }),
      { values: { rate: 0.3 } },
    );
    memory.write(input.activity.name, x);
    memory.write(hidden.activity.name, y);
    memory.write(weight.name, w);
    runner.run();
    const expected = w.map((value, at) => (bias || at < pre * post ? value + 0.3 * oja[at]! : value));
    expectClose(await memory.read(weight.name), expected, "weights", { absolute: 1e-6 });
    expect(await dirtyPads(device, memory, weight.name)).toBe(0);
  });

  it("writes out the direction that it would descend", async () => {
    const { memory, runner } = await ready(
      await testDevice(),
      net,
      (step) => step.change("rule/oja", weight, 1, { pre: input.activity, post: hidden.activity }),
      { change: "written" },
    );
    memory.write(input.activity.name, x);
    memory.write(hidden.activity.name, y);
    memory.write(weight.name, w);
    runner.run();
    expectClose(
      await memory.read(`${weight.name}/direction`),
      oja.map((value) => -value),
      "direction",
      { absolute: 1e-6 },
    );
    expect(await memory.read(weight.name)).toEqual(w);
  });

  it("refuses what the equation doesn't ask for, and what the rule didn't give", async () => {
    const device = await testDevice();
    const fields = { pre: input.activity, post: hidden.activity };
    await expect(
      ready(device, net, (step) => step.change("rule/oja", weight, 1, { ...fields, trace: hidden.error })),
    ).rejects.toThrow('fn change has no argument "trace"');
    await expect(
      ready(device, net, (step) => step.change("rule/oja", weight, 1, { pre: input.activity })),
    ).rejects.toThrow(
      'asks for "post", which is neither a field that the rule gave nor one of its parameters',
    );
  });
});

describe("equations over neurons", () => {
  it("local, average, sum and total are the plain loops", async () => {
    const device = await testDevice();
    const { memory, runner, step } = await ready(device, net, (builder) => {
      const at = { layer: 1 };
      const mean = builder.lasting(hidden, "mean");
      builder.average("neuron/square", mean, { value: hidden.activity }, at);
      const error = builder.local(
        "neuron/difference",
        hidden.error,
        { value: hidden.activity, prediction: mean },
        at,
      );
      builder.local("neuron/difference", error, { value: error, prediction: hidden.activity }, at);
      const goodness = builder.global("goodness");
      builder.sum(
        "neuron/square",
        goodness,
        { value: hidden.error },
        { layer: 1, columns: post, scale: 0.5 },
      );
      builder.repeat(3, "t", () => {
        builder.total(goodness, builder.global("energy", [3, 1], "metric"), at);
      });
    });
    expect(step.schedule).toHaveLength(5);
    memory.write(hidden.activity.name, y);
    runner.run();
    const mean = Float64Array.from({ length: post }, (_, j) => {
      let sum = 0;
      for (let s = 0; s < batch; s++) sum += y[s * post + j]! ** 2 / batch;
      return sum;
    });
    expectClose(await memory.read("hidden/mean"), mean, "average");
    const error = Float64Array.from(y, (_, at) => -mean[at % post]!);
    expectClose(await memory.read(hidden.error.name), error, "local", { absolute: 1e-6 });
    expect(await dirtyPads(device, memory, hidden.error.name)).toBe(0);
    const energy = mean.reduce((sum, value) => sum + value ** 2 / 2, 0);
    expectClose(await memory.read("goodness"), new Float64Array(batch).fill(energy), "sum");
    expectClose(await memory.read("energy"), [energy, energy, energy], "total");
  });
});

it("a repeat whose second turn would send errors through weights that moved is refused, unless the rule is incremental", () => {
  const [, output] = net.projections;
  const turns = (step: Builder) =>
    step.repeat(2, "t", () => {
      step.transport(output!.weight, output!.post.error, hidden);
      step.correlate(hidden.activity, output!.post.error, output!.weight, 2);
    });
  const write = (incremental: boolean) => {
    const step = new Builder(net, "sgd", 1, { params: {}, options: {}, incremental });
    step.project(output!);
    turns(step);
  };
  expect(() => write(false)).toThrow("would read a newer version than its project did");
  expect(() => write(true)).not.toThrow();
});

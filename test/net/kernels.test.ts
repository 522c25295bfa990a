/** Oracle: the float64 loops and the big-integer draws of test/reference; counting. */
import { describe, expect, it } from "vitest";
import { healthCheck } from "../../src/experiment/health";
import type { Field } from "../../src/gpu/field";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import type { SplitFields } from "../../src/net/builder";
import { network } from "../../src/net/network";
import { activations } from "../../src/net/population";
import { noise, shuffled } from "../reference/random";
import { crossEntropy, squaredError } from "../reference/readout";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";
import { choices, uniform } from "../support/random";
import { dirtyPads, ready } from "../support/run";

const missing = 0xffffffff;

describe("readouts", () => {
  it.each([
    [1, 7],
    [10, 128],
    [37, 7],
  ])("cross-entropy of %i classes, batch %i", async (classes, batch) => {
    const device = await testDevice();
    const net = network({ layers: [1, classes], batch });
    const { memory, runner } = await ready(device, net, (step) => void step.readout());
    const drive = uniform(batch * classes, 1, 4);
    drive.set([80, -80, 60].slice(0, classes)); // far apart, but nothing overflows
    const labels = choices(batch, 2, classes);
    labels[batch - 2] = missing;
    memory.write("output/drive", drive);
    memory.write("target", labels);
    runner.run();
    const { activity, error, score } = crossEntropy(drive, labels, classes);
    expectClose(await memory.read("output/activity"), activity, "activity");
    expectClose(await memory.read("output/error"), error, "error");
    expectClose(await memory.read("output/score"), score, "score", { absolute: 1e-6 });
    for (const name of ["output/activity", "output/error"])
      expect(await dirtyPads(device, memory, name)).toBe(0);
  });

  it.each(activations)("squared error of a %s output", async (output) => {
    const device = await testDevice();
    const net = network({ layers: [1, 37], batch: 7, output });
    const { memory, runner } = await ready(device, net, (step) => void step.readout());
    const activity = uniform(7 * 37, 1).map((y) =>
      output === "relu" || output.endsWith("sigmoid") ? Math.abs(y) : y,
    );
    const labels = Uint32Array.of(0, 36, 5, missing, 1, 36, missing);
    memory.write("output/activity", activity);
    memory.write("target", labels);
    runner.run();
    const { error, score } = squaredError(activity, labels, 37, output);
    expectClose(await memory.read("output/error"), error, "error");
    expectClose(await memory.read("output/score"), score, "score");
    expect(await dirtyPads(device, memory, "output/error")).toBe(0);
  });

  it.each([1, 7, 128])("tally of %i samples, a row for each step", async (batch) => {
    const net = network({ layers: [1, 2], batch });
    const metrics: Field = { name: "metrics/train", site: "global", home: "", shape: [3, 2], type: "f32" };
    const { memory, runner } = await ready(await testDevice(), net, (step) => {
      step.tally(metrics, "shuffled");
      step.tick();
    });
    const expected = new Float64Array(6);
    for (let clock = 0; clock < 5; clock++) {
      const scores = uniform(2 * batch, clock);
      memory.write("output/score", scores);
      runner.run();
      for (const column of [0, 1])
        expected[2 * (clock % 3) + column] = scores.reduce(
          (sum, v, i) => sum + (i % 2 === column ? v : 0),
          0,
        );
    }
    expectClose(await memory.read("metrics/train"), expected, "metrics", { absolute: 1e-6 });
    expect(await memory.read("clock")).toEqual(Uint32Array.of(5));
  });
});

/** `count` samples on the GPU and a schedule that puts batches of them in. */
async function sampler(split: SplitFields, batch: number, seed: number, turns?: number) {
  const device = await testDevice();
  const net = network({ layers: [split.data.shape[1]!, 2], batch });
  const kept = (name: string): Field => ({
    name,
    site: "global",
    home: "",
    shape: [turns ?? 1, 2],
    type: "f32",
  });
  const made = await ready(
    device,
    net,
    (step) => {
      if (turns === undefined) {
        step.sample(split, "shuffled");
        step.tick();
      } else
        step.repeat(turns, "batch", () => {
          step.sample(split, "in-order");
          step.tally(kept("metrics/test"), "in-order");
        });
    },
    { seed },
  );
  return { ...made, device };
}

function split(count: number, size: number, type: "u8" | "f32"): SplitFields {
  const base = { site: "neuron", home: "task" } as const;
  return {
    data: { ...base, name: "task/train", shape: [count, size], type, role: "input" },
    labels: { ...base, name: "task/train-labels", shape: [count], type: "u32", role: "target" },
    count,
  };
}

describe("sampling", () => {
  it.each([
    [1, 7],
    [2, 1],
    [16, 16],
    [37, 7],
    [257, 128],
  ])(
    "shuffles %i samples, batch %i: each once an epoch, epochs apart, as the reference draws",
    async (count, batch) => {
      const { memory, runner } = await sampler(split(count, 1, "f32"), batch, 5);
      memory.write(
        "task/train",
        Float32Array.from({ length: count }, (_, i) => i),
      );
      memory.write(
        "task/train-labels",
        Uint32Array.from({ length: count }, (_, i) => i),
      );
      const seen: number[] = [];
      while (seen.length < 3 * count) {
        runner.run();
        const [values, labels] = [await memory.read("input/activity"), await memory.read("target")];
        expect(Array.from(values)).toEqual(Array.from(labels));
        seen.push(...values);
      }
      expect(seen).toEqual(seen.map((_, position) => shuffled(position, count, 5)));
      const epochs = [0, 1, 2].map((epoch) => seen.slice(epoch * count, (epoch + 1) * count));
      for (const epoch of epochs) expect(new Set(epoch).size).toBe(count);
      if (count > 2) expect(new Set(epochs.map(String)).size).toBe(3);
    },
  );

  it("reads bytes as 0 to 1, rows of any length", async () => {
    const { memory, runner, device } = await sampler(split(5, 37, "u8"), 7, 1);
    const pixels = Uint8Array.from(choices(5 * 37, 1, 256));
    memory.write("task/train", pixels);
    memory.write("task/train-labels", Uint32Array.of(0, 1, 2, 3, 4));
    runner.run();
    const labels = await memory.read("target");
    const expected = Array.from(labels).flatMap((row) =>
      Array.from(pixels.subarray(row * 37, row * 37 + 37), (p) => p / 255),
    );
    expectClose(await memory.read("input/activity"), expected, "activity");
    expect(await dirtyPads(device, memory, "input/activity")).toBe(0);
  });

  it("in order, masks what is missing of the last batch", async () => {
    const { memory, runner } = await sampler(split(10, 3, "f32"), 7, 1, 2);
    const values = uniform(30, 1);
    const labels = choices(10, 2, 2);
    memory.write("task/train", values);
    memory.write("task/train-labels", labels);
    runner.run();
    expect(Array.from(await memory.read("target"))).toEqual([...labels.slice(7), ...Array(4).fill(missing)]);
    expect(Array.from(await memory.read("input/activity"))).toEqual([
      ...values.slice(21),
      ...Array(12).fill(0),
    ]);
  });
});

describe("what a rule draws and copies", () => {
  it("noise: as the reference draws, mean 0, variance 1, new at every step, pads zero", async () => {
    const device = await testDevice();
    const net = network({ layers: [1, 37, 1], batch: 128 });
    const { memory, runner } = await ready(
      device,
      net,
      (step) => {
        step.noise(net.populations[1]!);
        step.tick();
      },
      { seed: 9 },
    );
    for (const clock of [0, 1]) {
      runner.run();
      const found = Float32Array.from(await memory.read("hidden/noise"));
      expectClose(found, noise(128, 37, 9, 1, clock), `step ${clock}`, { absolute: 1e-6 });
      const mean = found.reduce((sum, v) => sum + v, 0) / found.length;
      const variance = found.reduce((sum, v) => sum + v * v, 0) / found.length;
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(found.length));
      expect(Math.abs(variance - 1)).toBeLessThan(4 / Math.sqrt(found.length));
    }
    expect(await dirtyPads(device, memory, "hidden/noise")).toBe(0);
  });

  it("sign: the magnitude with each weight's sign, nothing for zero", async () => {
    const net = network({ layers: [1, 36, 7], batch: 1 });
    const { weight } = net.projections[1]!;
    const to: Field = { ...weight, name: "hidden-output/feedback" };
    const { memory, runner } = await ready(await testDevice(), net, (step) => step.sign(weight, to, 0.25, 2));
    const values = uniform(37 * 7, 1);
    values.set([0, -0, 1e-30, -1e-30, 1e30, -1e30]);
    memory.write(weight.name, values);
    memory.write(to.name, uniform(37 * 7, 2));
    runner.run();
    expectClose(
      await memory.read(to.name),
      values.map((w) => 0.25 * Math.sign(w)),
      "sign",
      { relative: 0, absolute: 0 },
    );
  });
});

describe("measurements", () => {
  it("health counts NaN and infinity of every kind, and nothing else", async () => {
    const net = network({ layers: [7, 37, 257] });
    const memory = new Memory(await testDevice());
    const runner = await Runner.create(
      await testDevice(),
      memory,
      healthCheck(net.projections.map(({ weight }) => weight)),
      {},
    );
    const words = new Uint32Array(38 * 257);
    words.set([0x7f7fffff, 0xff7fffff, 1, 0x80000001, 0x80000000, 0x3f800000]); // finite: largest, smallest, −0, 1
    const finite = new Float32Array(words.buffer.slice(0));
    const broken = [0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000, 0x7f800001, 0xffffffff];
    broken.forEach((word, i) => {
      words[words.length - 1 - 300 * i] = word;
    });
    memory.write("hidden-output/weight", finite);
    runner.run();
    const found = async () => {
      const parts = await memory.read<Uint32Array>("health");
      return [parts.subarray(0, 64), parts.subarray(64)].map((row) => row.reduce((sum, n) => sum + n, 0));
    };
    expect(await found()).toEqual([0, 0]);
    memory.write("hidden-output/weight", new Float32Array(words.buffer));
    runner.run();
    expect(await found()).toEqual([0, 6]);
  });

  it.each([
    [1, 1],
    [7, 37],
    [38, 783],
  ])("angle: the three products of two [%i, %i] arrays", async (rows, columns) => {
    const array = (name: string): Field => ({
      name,
      site: "neuron",
      home: "",
      shape: [rows, columns],
      type: "f32",
    });
    const result: Field = { name: "result", site: "global", home: "", shape: [2, 4], type: "f32" };
    const memory = new Memory(await testDevice());
    const bind = { a: array("a"), b: array("b"), result };
    const record = {
      verb: "pool",
      kernel: "pool/angle",
      layer: 0,
      phase: "",
      bind,
      writes: [],
      constants: { ROW: 1 },
      groups: 1,
    } as const;
    const runner = await Runner.create(await testDevice(), memory, [record], {});
    const [a, b] = [uniform(rows * columns, 1), uniform(rows * columns, 2)];
    memory.write("a", a);
    memory.write("b", b);
    runner.run();
    const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
    const absolute = 1e-7 * Math.sqrt(a.length);
    expectClose((await memory.read("result")).slice(4, 7), [dot(a, b), dot(a, a), dot(b, b)], "products", {
      absolute,
    });
  });
});

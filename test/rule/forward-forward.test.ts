/** Oracle: the float64 step of test/reference/forward-forward.ts; and, of the gradient beside it, central differences. */
import { describe, expect, it } from "vitest";
import { uploadDataset } from "../../src/experiment/data";
import { Experiment } from "../../src/experiment/experiment";
import { findRule, resolveOptions, resolveValues, writerOf } from "../../src/experiment/rules";
import { evaluation, learnedFields, testMetrics, trainingStep } from "../../src/experiment/schedules";
import { Trainer } from "../../src/experiment/trainer";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { Builder } from "../../src/net/builder";
import { network } from "../../src/net/network";
import { type OptimiserName, optimiserNames, settingValues, type Values } from "../../src/net/optimiser";
import type { Chosen } from "../../src/net/rule";
import { findTask } from "../../src/task/task";
import { directions, type Layers, trained, trial, wrongLabels } from "../reference/forward-forward";
import { asSingle, stateCount } from "../reference/optimiser";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";
import { choices, uniform } from "../support/random";
import { livelyValues, lowerWith } from "../support/run";

const batch = 5;
const seed = 3;
const rule = findRule("forward-forward");
const images = uniform(batch * 7, 11);
const labels = choices(batch, 12, 3);

/** The small network in the middle of learning; its tiles are small, since they compile fast. */
async function small(layers: readonly number[], optimiser: OptimiserName, options: Chosen = {}) {
  const net = network({ layers, batch });
  const step = trainingStep(rule, net, optimiser, seed, { options: resolveOptions(rule, options) });
  const memory = new Memory(await testDevice());
  const runner = await Runner.create(await testDevice(), memory, step.schedule, lowerWith(), seed);
  const set = (changes: Values = {}) => {
    for (const [name, source] of step.settings)
      memory.write(name, settingValues(source, { ...livelyValues, ...changes }));
  };
  set();
  learnedFields(step.schedule).forEach(({ name, shape }, i) => {
    const start = uniform(
      shape.reduce((a, b) => a * b, 1),
      20 + i,
      0.8,
    );
    memory.write(
      name,
      name.endsWith(".state") || name.endsWith("mean activity") ? start.map(Math.abs) : start,
    );
  });
  memory.write("clock", Uint32Array.of(4));
  return {
    net,
    set,
    read: async (name: string) => Float64Array.from(await memory.read(name)),
    step(x: Float32Array, y: Uint32Array) {
      memory.write("input/activity", x);
      memory.write("target", y);
      runner.run();
    },
  };
}

/** Its reference, as it stands. */
async function model(
  { net, read }: Awaited<ReturnType<typeof small>>,
  options: Partial<Layers> = {},
): Promise<Layers> {
  const hidden = net.populations.slice(1, -1);
  return {
    layers: net.populations.map(({ size }) => size),
    batch,
    weights: await Promise.all(net.projections.map(({ weight }) => read(weight.name))),
    beside: Object.fromEntries(
      await Promise.all(
        hidden.slice(1, -1).map(async ({ name, layer }) => [layer, await read(`${name}-output/readout`)]),
      ),
    ),
    means: await Promise.all(hidden.map(({ name }) => read(`${name}/mean activity`))),
    threshold: Math.fround(livelyValues.threshold),
    peer: Math.fround(livelyValues.peer),
    brightness: 3,
    seed,
    clock: 4,
    ...options,
  };
}

describe("one step is the float64 step", () => {
  it.each(optimiserNames)("with %s", async (optimiser) => {
    const network = await small([7, 9, 6, 3], optimiser);
    const before = await model(network);
    const states = await Promise.all(
      network.net.projections.map(({ weight }) =>
        stateCount[optimiser] > 0 ? network.read(`${weight.name}.state`) : new Float64Array(),
      ),
    );
    const rate = Math.fround(livelyValues.readoutRate);
    const expected = trained(before, images, labels, optimiser, states, asSingle(livelyValues), rate);
    const { means, score } = directions(before, images, labels);
    network.step(images, labels);
    const after = await model(network);
    expected.forEach((weights, l) => {
      expectClose(after.weights[l]!, weights, `weights ${l + 1}`, { absolute: 3e-7 });
    });
    for (const [l, mean] of means.entries()) expectClose(after.means[l]!, mean, `means ${l + 1}`);
    expectClose(await network.read("output/score"), score, "scores");
  });

  it.each([
    ["with a readout of several layers", [7, 6, 9, 5, 3], {}],
    ["with the mean of squares for goodness", [7, 9, 6, 3], { goodness: "mean" }],
    ["with a faint label", [7, 9, 6, 3], { brightness: 1 }],
  ] as const)("%s", async (_, layers, options) => {
    const network = await small(layers, "sgd", options);
    const before = await model(network, {
      mean: "goodness" in options,
      brightness: "brightness" in options ? 1 : 3,
    });
    const { found, beside } = directions(before, images, labels);
    network.step(images, labels);
    const after = await model(network);
    const { anneal, decay, rate, readoutRate } = livelyValues;
    const moved = (w: Float64Array, g: Float64Array, speed: number) =>
      w.map(
        (value, i) => value - Math.fround(speed) * (1 - 4 / anneal) * (g[i]! + Math.fround(decay) * value),
      );
    before.weights.forEach((w, l) => {
      const speed = l === before.weights.length - 1 ? readoutRate : rate;
      expectClose(after.weights[l]!, moved(w, found[l]!, speed), `weights ${l + 1}`, { absolute: 3e-7 });
    });
    for (const [layer, w] of Object.entries(before.beside))
      expectClose(
        after.beside[Number(layer)]!,
        moved(w, beside[Number(layer)]!, readoutRate),
        `readout of layer ${layer}`,
        { absolute: 3e-7 },
      );
  });
});

it("a row without a sample teaches nothing", async () => {
  const network = await small([7, 9, 6, 3], "sgd");
  // Peers are told by the mean over the whole batch: left out.
  network.set({ peer: 0, decay: 0, anneal: 0 });
  const before = await model(network, { batch: 3, peer: 0 });
  const { found } = directions(before, images, labels.subarray(0, 3));
  network.step(
    images.map((value, i) => (i < 3 * 7 ? value : 0)),
    Uint32Array.of(...labels.subarray(0, 3), 0xffffffff, 0xffffffff),
  );
  const after = await model(network);
  before.weights.forEach((w, l) => {
    const rate = Math.fround(l === 2 ? livelyValues.readoutRate : livelyValues.rate);
    const moved = w.map((value, i) => value - ((rate * 3) / 5) * found[l]![i]!);
    expectClose(after.weights[l]!, moved, `weights ${l + 1}`, { absolute: 3e-7 });
  });
});

/** Runs what a rule writes on the small batch, over weights that the test chooses. */
async function look(layers: readonly number[], write: (step: Builder) => void, options: Chosen = {}) {
  const net = network({ layers, batch });
  const step = new Builder(net, "written", seed, writerOf(rule, options));
  write(step);
  const memory = new Memory(await testDevice());
  const runner = await Runner.create(await testDevice(), memory, step.schedule, lowerWith(), seed);
  for (const [name, source] of step.settings) memory.write(name, settingValues(source, livelyValues));
  const fresh = (pre: number, post: number, at: number) => uniform((pre + 1) * post, at, 0.8);
  const weights = layers.slice(1).map((post, l) => fresh(layers[l]!, post, 30 + l));
  net.projections.forEach(({ weight }, l) => {
    if (memory.names().includes(weight.name)) memory.write(weight.name, weights[l]!);
  });
  const middle = net.populations.slice(2, -2);
  const beside = Object.fromEntries(
    middle.map(({ size, layer }) => [layer, fresh(size, layers.at(-1)!, 40 + layer)]),
  );
  for (const { name, layer } of middle)
    if (memory.names().includes(`${name}-output/readout`))
      memory.write(`${name}-output/readout`, beside[layer]!);
  memory.write("input/activity", images);
  memory.write("target", labels);
  const doubled = (all: readonly Float32Array[]) => all.map((w) => Float64Array.from(w));
  const reference: Layers = {
    layers,
    batch,
    weights: doubled(weights),
    beside: Object.fromEntries(Object.entries(beside).map(([l, w]) => [l, Float64Array.from(w)])),
    means: layers.slice(1, -1).map((size) => new Float64Array(size)),
    threshold: 1,
    peer: 0,
    brightness: 3,
    seed,
    clock: 0,
  };
  runner.run();
  return { memory, net, reference };
}

it.each([[[7, 9, 6, 3]], [[7, 9, 3]], [[7, 6, 9, 5, 3]]])(
  "tries every label and picks the one that the layers of %s like best",
  async (layers) => {
    const { memory, reference } = await look(layers, (step) => rule.predict(step), { classify: "labels" });
    const { evidence, best } = trial(reference, images);
    expectClose(await memory.read("output/drive"), evidence, "evidence", { relative: 1e-4 });
    const score = await memory.read("output/score");
    best.forEach((label, s) => {
      expect(score[2 * s + 1]).toBe(label === labels[s] ? 1 : 0);
    });
  },
);

it("measures its angle against the gradient of the readout's loss, by central differences", async () => {
  const layers = [7, 6, 9, 5, 3];
  const { memory, net, reference } = await look(layers, (step) => rule.gradient(step));
  const loss = (weights: Float64Array[]) =>
    directions({ ...reference, weights }, images, labels).score.reduce(
      (sum, value, i) => sum + (i % 2 === 0 ? value / batch : 0),
      0,
    );
  for (const [l, { weight }] of net.projections.entries()) {
    const gradient = await memory.read(`${weight.name}/direction`);
    const way = uniform(gradient.length, 50 + l);
    const at = (h: number) =>
      loss(reference.weights.map((w, k) => (k === l ? w.map((value, i) => value + h * way[i]!) : w)));
    const slope = (at(1e-6) - at(-1e-6)) / 2e-6;
    const found = gradient.reduce((sum, g, i) => sum + g * way[i]!, 0);
    expect(Math.abs(found - slope), weight.name).toBeLessThan(2e-3 * Math.abs(slope) + 1e-5);
  }
});

it("a wrong label is any but the true one, each as often", () => {
  const counts = new Map<number, number>();
  const net = { layers: [7, 5, 10], seed } as unknown as Layers;
  for (let clock = 0; clock < 20; clock++)
    for (const label of wrongLabels(new Uint32Array(500).fill(4), { ...net, clock }))
      counts.set(label, (counts.get(label) ?? 0) + 1);
  expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
  for (const count of counts.values()) expect(Math.abs(count - 10_000 / 9)).toBeLessThan(120);
});

it("a hybrid shows each of its pixels from one of two images, in patches", async () => {
  const side = 12;
  const net = network({ layers: [side * side, 8, 3], batch: 4 });
  const step = new Builder(net, "sgd", seed, writerOf(rule, { data: "hybrid" }));
  rule.write(step);
  const device = await testDevice();
  const memory = new Memory(device);
  const runner = await Runner.create(device, memory, step.schedule, lowerWith(), seed);
  const shown = uniform(4 * side * side, 60).map(Math.abs);
  memory.write("input/activity", shown);
  memory.write("target", choices(4, 61, 3));
  runner.run();
  const pairs = await memory.read("input/pair");
  const n = side * side;
  let [own, borders] = [0, 0];
  for (let s = 0; s < 4; s++) {
    expect([...pairs.subarray(2 * s * n, (2 * s + 1) * n)]).toEqual([...shown.subarray(s * n, (s + 1) * n)]);
    const from = Array.from({ length: n }, (_, i) => {
      const value = pairs[(2 * s + 1) * n + i];
      expect([shown[s * n + i], shown[((s + 1) % 4) * n + i]]).toContain(value);
      return value === shown[s * n + i];
    });
    own += from.filter(Boolean).length;
    borders += from.filter((one, i) => i % side > 0 && one !== from[i - 1]).length;
  }
  expect(own / (4 * n)).toBeGreaterThan(0.2);
  expect(own / (4 * n)).toBeLessThan(0.8);
  expect(borders / (4 * side * (side - 1))).toBeLessThan(0.3); // of noise a half
});

it("goodness of positive and negative digits parts, and tells which digit it is", async () => {
  const device = await testDevice();
  const {
    train,
    test,
    memory: shared,
  } = await uploadDataset(device, await findTask("digits").load({ train: 1000, test: 100 }));
  const layers = [784, 48, 32, 10];
  const options = resolveOptions(rule, { classify: "labels" });
  const step = trainingStep(rule, network({ layers, batch: 50 }), "adam", seed, { split: train, options });
  const memory = new Memory(device, shared);
  const runner = await Runner.create(device, memory, step.schedule, lowerWith(), seed);
  const values = { ...resolveValues(rule, "adam"), rate: 0.01 };
  for (const [name, source] of step.settings) memory.write(name, settingValues(source, values));
  /** By how much the mean square of positive data lies above that of negative. */
  const apart = async (name: string) => {
    const squares = await memory.read(`${name}/mean square pair`);
    return squares.reduce((sum, square, i) => sum + (i % 2 === 0 ? square : -square) / 50, 0);
  };
  runner.run();
  expect(Math.abs(await apart("hidden1"))).toBeLessThan(0.1);
  runner.run(250);
  expect(await apart("hidden1")).toBeGreaterThan(0.3);
  expect(await apart("hidden2")).toBeGreaterThan(0.03);
  const judge = network({ layers, batch: 100, prefix: "test:" });
  const schedule = evaluation(rule, judge, test, seed, options);
  (await Runner.create(device, memory, schedule, lowerWith(), seed)).run();
  const [, correct] = await memory.read(testMetrics(judge, test).name);
  expect(correct).toBeGreaterThan(40); // of 100, by chance 10
  memory.destroy();
});

describe("a threshold out of reach", () => {
  /** What a run of three epochs says beside its scores. */
  const doubts = async (threshold: number) => {
    const dataset = await findTask("digits").load({ train: 60, test: 20 });
    const experiment = await Experiment.create(testDevice, dataset, {
      rules: [rule.name],
      layers: [784, 12, 10],
      batch: 20,
      values: { threshold },
    });
    const said: string[] = [];
    for await (const event of experiment.run(3)) if (event.type === "doubt") said.push(event.message);
    const squares = Array.from(await experiment.trainers[0]!.read("hidden/mean square pair"));
    experiment.destroy();
    return { said, most: Math.max(...squares.filter((_, row) => row % 2 === 0)) };
  };

  it("is told of once, with how far the layer came", async () => {
    const { said } = await doubts(90);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(
      /^forward-forward: no positive sample .* of hidden \([\d.]+ at the most\) as high as the threshold of 90, .* lower the threshold, or train on\.$/,
    );
  });

  it("is not told of where some sample comes to it", async () => {
    const { said, most } = await doubts(0.01);
    expect(most).toBeGreaterThan(0.01);
    expect(said).toEqual([]);
  });
});

describe("bad input", () => {
  const refused = async (options: Partial<Parameters<typeof Trainer.create>[1]>, sentence: string) =>
    expect(
      Trainer.create(await testDevice(), { layers: [49, 8, 3], rule: rule.name, ...options }),
    ).rejects.toThrow(sentence);
  it.each([
    [{ layers: [7, 3] }, "needs a hidden layer whose goodness can be told, but layers is [7,3]"],
    [{ activation: "sigmoid" as const }, "no layer of sigmoid neurons may ever reach"],
    [{ output: "sigmoid" as const }, "reads classes out by softmax, but output is sigmoid"],
    [{ layers: [2, 8, 2] }, "label over the first 2 of the input's pixels, but there are 2"],
    [{ layers: [7, 8, 1] }, "needs a wrong label for its negative data"],
    [{ layers: [50, 8, 3], options: { data: "hybrid" } }, "the input has 50 pixels; use data: label instead"],
    [{ options: { data: "hybrid", classify: "labels" } }, "Hybrid images bear no labels"],
    [{ values: { threshold: 1e9 } }, "must be a number from 0.001 to 100, but got 1000000000"],
    [{ values: { threshold: 0 } }, "must be a number from 0.001 to 100, but got 0"],
    [{ values: { rate: -1 } }, "must be a number from 0 to 100, but got -1"],
  ])("%o", refused);
});

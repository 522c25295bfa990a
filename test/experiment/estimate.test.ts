/** What a race is said to take is what it takes: byte for byte what `Memory` counts when it is made. */
import { beforeAll, describe, expect, it } from "vitest";
import { openDawn } from "../../src/cli/dawn";
import { estimate } from "../../src/experiment/estimate";
import { Experiment, type ExperimentOptions } from "../../src/experiment/experiment";
import { type Device, openDevice, TooLargeError } from "../../src/gpu/device";
import { initialValues } from "../../src/gpu/memory";
import type { Dataset } from "../../src/task/dataset";
import { findTask } from "../../src/task/task";
import { sameBits } from "../support/close";

let device: Device;
let digits: Dataset;

beforeAll(async () => {
  device = await openDevice((await openDawn()).gpu);
  digits = await findTask("digits").load({ train: 211, test: 37 });
});

/** An object that says it is a device with other limits; nothing can be done with it. */
const withLimits = (memory: number | undefined, limit: number): Device =>
  Object.create(device, {
    memory: { value: memory },
    allocated: { value: 0, writable: true },
    gpu: { value: { limits: { maxBufferSize: limit, maxStorageBufferBindingSize: limit } } },
  });

const cases: [what: string, options: ExperimentOptions][] = [
  ["one rule", { rules: ["backprop"], layers: [784, 13, 10], batch: 29 }],
  [
    "several rules, each with fields of its own",
    { rules: ["backprop", "feedback-alignment", "hebb"], layers: [784, 10], batch: 7, optimizer: "adam" },
  ],
  ["streamed", { rules: ["backprop", "kolen-pollack"], layers: [784, 300, 11, 10], batch: 30, stream: true }],
];

describe("an estimate", () => {
  it.each(cases)("of %s is what is allocated", async (_, options) => {
    const said = estimate(device, digits, options);
    const before = device.allocated;
    const experiment = await Experiment.create(async () => device, digits, options);
    expect(said.bytes).toBe(device.allocated - before);
    expect(said.streams).toBe(experiment.streams);
    const { memory, net } = experiment.trainers[0]!;
    const weights = await Promise.all(net.projections.map(({ weight }) => memory.read(weight.name)));
    expect(said.weights).toBe(weights.reduce((sum, values) => sum + values.length, 0));
    expect(said.fits).toBe(true);
    experiment.destroy();
    expect(device.allocated).toBe(before);
  });

  it("counts samples once where rules share them, and a window for each where they are streamed", () => {
    const options = { rules: ["backprop", "kolen-pollack"], layers: [784, 10], batch: 10 };
    const padded = (labels: number) => 4 * Math.ceil(labels / 4);
    const bytes = (samples: number) => 784 * samples + 4 * padded(samples);
    expect(estimate(device, digits, options).data).toBe(bytes(211) + bytes(37));
    const streamed = estimate(device, digits, { ...options, stream: true, streamBytes: 6 * 10 * 788 });
    expect(streamed.data).toBe(2 * (bytes(60) + bytes(74)));
  });

  it("needs the data's shape alone", () => {
    const options = { rules: ["backprop"], layers: [784, 100, 10] };
    const { name, inputs, classes } = digits;
    const shape = {
      ...{ name, inputs, classes },
      train: { count: 211, type: "u8" as const },
      test: { count: 37, type: "u8" as const },
    };
    expect(estimate(device, shape, options)).toEqual(estimate(device, digits, options));
    const floats = { ...shape, train: { count: 211, type: "f32" as const } };
    expect(estimate(device, floats, options).bytes - estimate(device, shape, options).bytes).toBe(
      3 * 211 * 784,
    );
  });

  it("says in a sentence whether it fits, and what does not", () => {
    const options = { rules: ["backprop"], layers: [784, 3000, 3000, 10], batch: 16 };
    const { bytes, largest, sentence, weights } = estimate(device, digits, options);
    expect(weights).toBe(785 * 3000 + 3001 * 3000 + 3001 * 10);
    expect(largest.bytes).toBe(4 * 3001 * 3000);
    expect(sentence).toMatch(/^11,388,010 weights need .* MiB \(.* of them for samples\) on .*\.$/);

    const fitting = estimate(withLimits(bytes, largest.bytes), digits, options);
    expect(fitting).toMatchObject({ fits: true, available: bytes, limit: largest.bytes, streams: false });
    const short = estimate(withLimits(bytes / 2, largest.bytes), digits, options);
    expect(short).toMatchObject({ fits: false });
    expect(short.sentence).toMatch(/, but .* MiB are left on .*; make the layers or the batch smaller/);
    const narrow = estimate(withLimits(undefined, largest.bytes - 1), digits, options);
    expect(narrow).toMatchObject({ fits: false, available: undefined });
    expect(narrow.sentence).toMatch(
      /but "hidden1-hidden2\/\w+" takes 34\.3 MiB and one array on .* can take 34\.3 MiB/,
    );
  });

  it("says what Memory would say: a matrix beyond the adapter's limit is refused with its bytes", async () => {
    const options = { rules: ["backprop"], layers: [784, 40_000, 40_000, 10], batch: 16 };
    const said = estimate(device, digits, options);
    expect(said.largest.bytes).toBe(4 * 40_001 * 40_000);
    expect(said.largest.bytes).toBeGreaterThan(said.limit);
    expect(said.fits).toBe(false);
    const before = device.allocated;
    const made = Experiment.create(async () => device, digits, options);
    await expect(made).rejects.toThrow(TooLargeError);
    await expect(made).rejects.toThrow(/shape \[40001,40000\] needs 5\.96 GiB, but one buffer can hold/);
    expect(device.allocated).toBe(before);
  });
});

describe("a network of ten million weights", () => {
  it("takes what was said, and learns", async () => {
    const options = {
      ...{ rules: ["backprop"], layers: [784, 3000, 3000, 10], batch: 16, optimizer: "sgd" },
      values: { rate: 0.002 },
    };
    const said = estimate(device, digits, options);
    expect(said.weights).toBeGreaterThan(1e7);
    const before = device.allocated;
    const experiment = await Experiment.create(async () => device, digits, options);
    const trainer = experiment.trainers[0]!;
    // Weights are drawn a stretch at a time, the same as all at once.
    const { weight } = trainer.net.projections[1]!;
    const first = await trainer.read(weight.name);
    expect(sameBits(first, initialValues(weight, 1)!)).toBe(true);
    const scores = [await trainer.advance(1), await trainer.advance(2)].flat();
    expect(scores.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(device.allocated - before).toBe(said.bytes);
    // It begins near chance, ln 10, and small steps keep it there or lower it.
    for (const { loss } of scores) expect(Math.abs(loss - Math.log(10))).toBeLessThan(0.7);
    expect(sameBits(await trainer.read(weight.name), first)).toBe(false);
    experiment.destroy();
  });
});

describe("the time left", () => {
  it("is unknown at first, then more than nothing, and nothing at the end", async () => {
    const options = { rules: ["backprop", "hebb"], layers: [784, 10], batch: 29, submitMs: 1 };
    const experiment = await Experiment.create(async () => device, digits, options);
    expect(experiment.remaining(2)).toBeUndefined();
    const said = [];
    const began = performance.now();
    for await (const event of experiment.run(2))
      if (event.type === "steps") said.push(experiment.remaining(2));
    const took = (performance.now() - began) / 1000;
    const known = said.filter((one) => one !== undefined);
    expect(said[0]).toBeUndefined(); // one of the two rules only has been timed
    expect(known.length).toBeGreaterThan(3);
    for (const { seconds } of known.slice(0, -1)) expect(seconds).toBeGreaterThan(0);
    for (const { seconds } of known.slice(3)) expect(seconds).toBeLessThan(10 * took);
    expect(experiment.remaining(2)).toEqual({ seconds: 0, spread: 0 });
    experiment.destroy();
  });
});

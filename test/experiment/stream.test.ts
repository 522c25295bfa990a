/**
 * Streamed batches: the same samples in the same order as when all lie on the GPU, so that every bit learned is the same.
 * Oracles: the reference's shuffle, and the run whose data are on the GPU.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { openDawn } from "../../src/cli/dawn";
import { readCheckpoint, writeCheckpoint } from "../../src/experiment/checkpoint";
import type { EpochResult } from "../../src/experiment/events";
import { Experiment, type ExperimentOptions } from "../../src/experiment/experiment";
import { shuffledOrder } from "../../src/experiment/stream-order";
import { type Device, openDevice, TooLargeError } from "../../src/gpu/device";
import type { Dataset } from "../../src/task/dataset";
import { findTask } from "../../src/task/task";
import { shuffled } from "../reference/random";

/** Batch 29 of 211 samples: no batch ends with an epoch; a ring of 2 · 3 steps: none ends with a chunk. */
const [train, test, batch] = [211, 1017, 29]; // the third batch of 500 to test on begins the ring anew
const ringOf = (dataset: Dataset) => {
  const sample = dataset.train.data instanceof Uint8Array ? dataset.inputs : 4 * 4; // spirals: 2 values padded to 4
  return 6 * batch * (sample + 4);
};

let gpu: GPU;
let device: Device;
let datasets: Record<"digits" | "spirals", Dataset>;

beforeAll(async () => {
  ({ gpu } = await openDawn());
  device = await openDevice(gpu);
  datasets = {
    digits: await findTask("digits").load({ train, test }),
    spirals: await findTask("spirals").load({ train, test }),
  };
});

const create = (dataset: Dataset, more: Partial<ExperimentOptions> = {}) =>
  Experiment.create(async () => device, dataset, {
    layers: [dataset.inputs, 9, dataset.classes],
    rules: ["backprop"],
    batch,
    seed: 5,
    streamBytes: ringOf(dataset),
    ...more,
  });

const told = ({ rule, epoch, trainLoss, trainAccuracy, testLoss, testAccuracy }: EpochResult) => ({
  ...{ rule, epoch, trainLoss, trainAccuracy, testLoss, testAccuracy },
});

async function finish(experiment: Experiment, epochs: number) {
  const results = [];
  for await (const event of experiment.run(epochs)) if (event.type === "epoch") results.push(told(event));
  const file = writeCheckpoint(await experiment.checkpoint());
  experiment.destroy();
  return { results: results.sort((a, b) => a.epoch - b.epoch || a.rule.localeCompare(b.rule)), file };
}

describe("the order on the host", () => {
  it.each([1, 2, 3, 16, 37, 211, 60_000])("of %i samples is the reference's", (count) => {
    const order = shuffledOrder(count, 5);
    const from = 2 * count - 20;
    for (let position = Math.max(0, from); position < from + 40; position++)
      expect(order(position)).toBe(shuffled(position, count, 5));
  });
});

describe("a streamed run", () => {
  it.each([
    ["digits", ["backprop", "weight-mirror"]], // bytes, and rules at different steps
    ["spirals", ["feedback-alignment"]], // f32 in rows that are padded
  ] as const)("of %s learns and scores the same bits", async (name, rules) => {
    const resident = await create(datasets[name], { rules, stream: false });
    expect(resident.streams).toBe(false);
    const whole = await finish(resident, 1.6);
    const streamed = await create(datasets[name], { rules, stream: true });
    expect(streamed.streams).toBe(true);
    expect(streamed.trainers[0]!.mostSteps).toBe(3);
    const { results, file } = await finish(streamed, 1.6);
    expect(results).toEqual(whole.results);
    expect(file).toEqual(whole.file);
  });

  it("goes on from a checkpoint in the middle of an epoch and of a ring, and measures angles meanwhile", async () => {
    const whole = await finish(await create(datasets.digits, { stream: false }), 2);
    const first = await create(datasets.digits, { stream: true });
    const angles = [];
    for await (const event of first.run(2)) {
      if (event.type !== "steps") continue;
      if (angles.length === 0) angles.push(await first.trainers[0]!.alignment());
      if (event.scores.at(-1)!.step >= 6) first.stop();
    }
    const cut = writeCheckpoint(await first.checkpoint());
    expect(first.trainers[0]!.steps).toBeLessThan(first.stepsFor(2));
    first.destroy();
    const second = await create(datasets.digits, { stream: true });
    second.restore(readCheckpoint(cut));
    expect((await finish(second, 2)).file).toEqual(whole.file);
    for (const { updateAngle } of angles[0]!) expect(updateAngle).toBeLessThan(0.1);
  });

  it("measures the same angles", async () => {
    const angles = [];
    for (const stream of [false, true]) {
      const experiment = await create(datasets.digits, { rules: ["feedback-alignment"], stream });
      for await (const event of experiment.run(0.7)) if (event.type === "diverged") throw event.message;
      angles.push(await experiment.trainers[0]!.alignment());
      experiment.destroy();
    }
    expect(angles[1]).toEqual(angles[0]);
  });
});

describe("left to itself", () => {
  it("streams only where the samples don't fit, and refuses what doesn't fit either way", async () => {
    const large = await findTask("digits").load({ train: 2000, test: 40 });
    const needed = async (stream: boolean) => {
      const before = device.allocated;
      const experiment = await create(large, { stream, streamBytes: 1 });
      const taken = device.allocated - before;
      experiment.destroy();
      return taken;
    };
    const [resident, streamed] = [await needed(false), await needed(true)];
    expect(streamed).toBeLessThan(resident);
    const within = (memory: number): Promise<Experiment> => {
      const small: Device = Object.create(device, {
        memory: { value: memory },
        allocated: { value: 0, writable: true },
      });
      return Experiment.create(async () => small, large, {
        ...{ layers: [784, 9, 10], rules: ["backprop"], batch, streamBytes: 1 },
      });
    };
    for (const [memory, streams] of [
      [resident, false],
      [resident - 1, true],
      [streamed, true],
    ] as const) {
      const experiment = await within(memory);
      expect(experiment.streams, `${memory} bytes`).toBe(streams);
      experiment.destroy();
    }
    await expect(within(streamed / 2)).rejects.toThrow(TooLargeError);
    await expect(within(streamed / 2)).rejects.toThrow(/too large.*are left/);
  });
});

/** What a user counts on from a run: the same bits however it is cut up, and nothing lost when something breaks. */
import { beforeAll, describe, expect, it } from "vitest";
import { openDawn } from "../../src/cli/dawn";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "../../src/experiment/checkpoint";
import type { EpochResult } from "../../src/experiment/events";
import { Experiment, type ExperimentOptions } from "../../src/experiment/experiment";
import { type Device, openDevice } from "../../src/gpu/device";
import { digits } from "../../src/task/digits";
import type { Dataset } from "../../src/task/task";

const options = { layers: [784, 12, 10], batch: 30, seed: 3, submitMs: 40, optimizer: "adam" } as const;
const racers = ["backprop", "weight-mirror"];
const epochs = 2;

let gpu: GPU;
let dataset: Dataset;
let device: Device | undefined;

/** One device for all, since kernels are compiled for each; a new one where the last was lost. */
const open = async () => {
  if (!device || device.lostReason() !== undefined) device = await openDevice(gpu);
  return device;
};
const create = (more: Partial<ExperimentOptions> = {}) =>
  Experiment.create(open, dataset, { ...options, rules: racers, ...more });

async function finish(experiment: Experiment, until = epochs): Promise<EpochResult[]> {
  const results: EpochResult[] = [];
  for await (const event of experiment.run(until)) if (event.type === "epoch") results.push(event);
  // Which rule comes first within an epoch is a matter of speed.
  return results.sort((a, b) => a.epoch - b.epoch || a.rule.localeCompare(b.rule));
}

const bytes = async (experiment: Experiment) => writeCheckpoint(await experiment.checkpoint());

/** A rule's tensors in a checkpoint, as bytes to compare. */
const tensorsOf = ({ snapshots }: Checkpoint, rule: string) =>
  new Map(
    [...snapshots.find(({ name }) => name === rule)!.tensors].map(([name, { data }]) => [
      name,
      Array.from(data),
    ]),
  );

let whole: { file: Uint8Array<ArrayBuffer>; results: EpochResult[] };

beforeAll(async () => {
  ({ gpu } = await openDawn());
  dataset = await digits.load({ train: 400, test: 130 });
  const experiment = await create();
  const results = await finish(experiment);
  whole = { file: await bytes(experiment), results };
  experiment.destroy();
});

const learning = ({ rule, epoch, trainLoss, trainAccuracy, testAccuracy }: EpochResult) => ({
  rule,
  epoch,
  trainLoss,
  trainAccuracy,
  testAccuracy,
});

describe("a run", () => {
  it("gives the same bits with the same seed, and others with another", async () => {
    const again = await create();
    expect((await finish(again)).map(learning)).toEqual(whole.results.map(learning));
    expect(await bytes(again)).toEqual(whole.file);
    again.destroy();
    const other = await create({ seed: 4 });
    await finish(other);
    expect(await bytes(other)).not.toEqual(whole.file);
    other.destroy();
  });

  it("scores every epoch of every rule once, and learns", () => {
    expect(whole.results.map(({ rule, epoch }) => `${epoch} ${rule}`)).toEqual([
      "1 backprop",
      "1 weight-mirror",
      "2 backprop",
      "2 weight-mirror",
    ]);
    const [first, , second] = whole.results;
    expect(second!.trainLoss).toBeLessThan(first!.trainLoss);
    expect(second!.trainAccuracy).toBeGreaterThan(first!.trainAccuracy);
  });

  it("keeps its bits across pause, stop, checkpoint and resume in a new process's place", async () => {
    const first = await create({ submitMs: 4 }); // so that a fast machine has steps left when it is stopped
    let seen = 0;
    for await (const event of first.run(epochs)) {
      if (event.type !== "steps") continue;
      if (++seen === 2) {
        first.pause();
        setTimeout(() => first.resume(), 30);
      }
      if (seen === 5) first.stop();
    }
    const cut = await bytes(first);
    const steps = first.trainers.map((trainer) => trainer.steps);
    expect(Math.max(...steps)).toBeLessThan(first.stepsFor(epochs));
    first.destroy();

    const second = await create();
    second.restore(readCheckpoint(cut));
    const results = await finish(second);
    expect(await bytes(second)).toEqual(whole.file);
    expect(results.filter(({ epoch }) => epoch === 2).map(learning)).toEqual(
      expect.arrayContaining(whole.results.filter(({ epoch }) => epoch === 2).map(learning)),
    );
    second.destroy();
  });

  it("is not changed by another rule beside it", async () => {
    const alone = await create({ rules: ["backprop"] });
    await finish(alone);
    expect(tensorsOf(await alone.checkpoint(), "backprop")).toEqual(
      tensorsOf(readCheckpoint(whole.file), "backprop"),
    );
    alone.destroy();
  });

  it("goes on to the same bits after its device is lost", async () => {
    const experiment = await create({ keepEvery: 0 });
    let lost = false;
    const messages: string[] = [];
    for await (const event of experiment.run(epochs)) {
      if (event.type === "recovered") messages.push(event.message);
      if (event.type === "epoch" && !lost) {
        lost = true;
        device!.destroy();
      }
    }
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/lost.*goes on from the checkpoint at step \d+/);
    expect(await bytes(experiment)).toEqual(whole.file);
    experiment.destroy();
  });

  it("stops a rule that diverges, says where, lets the other go on and keeps the last good state", async () => {
    const experiment = await create({ optimizer: "sgd", rules: ["backprop", "feedback-alignment"] });
    experiment.trainers[1]!.set({ rate: 100, decay: 10 }); // every step multiplies the weights by −999
    const events: string[] = [];
    for await (const event of experiment.run(1))
      events.push(
        event.type === "diverged" ? event.message : `${event.type} ${"rule" in event ? event.rule : ""}`,
      );
    const message = events.find((event) => event.includes("diverged"));
    expect(message).toMatch(/^feedback-alignment diverged: .*step.*layer \d.*lower the rate \(now 100\)/);
    expect(events).toContain("epoch backprop");
    expect(events).not.toContain("epoch feedback-alignment");
    const { snapshots } = await experiment.checkpoint();
    for (const { tensors } of snapshots)
      for (const { data } of tensors.values()) expect(Array.from(data).every(Number.isFinite)).toBe(true);
    experiment.destroy();
  });
});

describe("a checkpoint", () => {
  it("names its tensors rule/projection/field and describes the run without times or paths", () => {
    const { settings, snapshots } = readCheckpoint(whole.file);
    expect(settings).toMatchObject({
      task: "digits",
      layers: [784, 12, 10],
      batch: 30,
      seed: 3,
      optimizer: "adam",
    });
    expect(snapshots.map(({ name }) => name)).toEqual(racers);
    const header = new TextDecoder().decode(
      whole.file.subarray(8, 8 + Number(new DataView(whole.file.buffer).getBigUint64(0, true))),
    );
    expect(header).toContain('"backprop/input-hidden/weight":{"dtype":"F32","shape":[785,12]');
    expect(header).toContain('"weight-mirror/hidden-output/feedback"');
    expect(header).not.toMatch(/llvmpipe|swiftshader|\/work|20\d\d-/i);
  });

  it("is refused with one sentence when it is from another run or network", async () => {
    const experiment = await create({ layers: [784, 14, 10] });
    const checkpoint = readCheckpoint(whole.file);
    expect(() => experiment.restore(checkpoint, "a.safetensors")).toThrow(
      "a.safetensors comes from another run: its layers is [784,12,10], but [784,14,10] was asked for",
    );
    const lying = { ...checkpoint, settings: { ...checkpoint.settings, layers: [784, 14, 10] } };
    expect(() => experiment.restore(lying, "a.safetensors")).toThrow(
      /should have shape \[785,14\], but has \[785,12\]/,
    );
    experiment.destroy();
  });
});

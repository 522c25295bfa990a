/** Oracles: cuts' bits against each other, and a chosen cut's way into what the engine runs. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tunedJson, tunedText } from "../../src/cli/profile-text";
import type { LayeredPlan } from "../../src/experiment/profile-plan";
import { makeReady, type Subject } from "../../src/experiment/profile-run";
import { productClasses, type TunedProduct, tuneTiles, useTuned } from "../../src/experiment/tune";
import type { Device } from "../../src/gpu/device";
import { recordsOf } from "../../src/gpu/schedule";
import { lowerings } from "../../src/net/dense";
import {
  cutInUse,
  cutName,
  cutsInUse,
  cutsToTry,
  forgetCuts,
  shapeClass,
  useCuts,
} from "../../src/net/tiles";
import { testDevice } from "../support/device";

const plan: LayeredPlan = { rule: "backprop", layers: [7, 37, 5], batch: 3, optimizer: "momentum" };

/** Two of a software adapter, two of a GPU: small ones, as large ones take long to compile. */
const few = ["8×8 wg8", "8×4 wg4", "8×8 wg32", "4×4 wg64"];

describe("shape classes", () => {
  it("hold what rounds up to the same powers of two", () => {
    expect(shapeClass("project", { batch: 128, pre: 784, post: 10 })).toBe("project 128 × 1024 × 16");
    expect(shapeClass("project", { batch: 65, pre: 513, post: 9 })).toBe("project 128 × 1024 × 16");
    expect(shapeClass("project", { batch: 129, pre: 784, post: 10 })).not.toBe("project 128 × 1024 × 16");
  });
});

describe("the tuner", () => {
  let device: Device;
  let subject: Subject;
  let tuned: TunedProduct[];
  const heard: number[] = [];

  beforeAll(async () => {
    device = await testDevice();
    subject = await makeReady(device, plan);
    const progress = (done: number, of: number) => heard.push(done / of);
    const cuts = cutsToTry(device).filter((cut) => few.includes(cutName(cut)));
    tuned = await tuneTiles(device, subject, { rounds: 3, minMs: 0.5, cuts, progress });
  });
  afterAll(() => {
    subject.destroy();
    forgetCuts(device);
  });

  it("tries every product of the step, each in several cuts", () => {
    expect(tuned.map((one) => one.shapeClass)).toEqual([
      "project 4 × 8 × 64",
      "project 4 × 64 × 8",
      "transport 4 × 64 × 8",
      "correlate 4 × 64 × 8",
      "correlate 4 × 8 × 64",
    ]);
    for (const { tried, usual } of tuned) {
      expect(tried[0]!.name).toBe(usual);
      expect(new Set(tried.map(({ name }) => name)).size).toBe(tried.length);
      expect(tried.length).toBeGreaterThan(1);
      for (const { ms, times, gflops } of tried) {
        expect(times).toHaveLength(3);
        expect(Math.min(ms, gflops)).toBeGreaterThan(0);
      }
    }
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  });

  it("finds the same bits in every cut", () => {
    for (const { tried, shapeClass: name } of tuned)
      for (const one of tried) expect(one.sameBits, `${name} in ${one.name}`).toBe(true);
  });

  it("takes another cut only where it is faster beyond doubt", () => {
    for (const { tried, usual, taken } of tuned) {
      const one = tried.find(({ name }) => name === taken)!;
      if (taken === usual) expect(one.toUsual).toBeUndefined();
      else expect(one.toUsual!.high).toBeLessThan(1);
    }
  });

  it("makes the engine use what was taken, and gives it up again", () => {
    const [, project] = [
      ...productClasses(recordsOf(subject.runner.records.map(({ record }) => record))),
    ][0]![1];
    const [first] = tuned;
    const other = first!.tried.find(({ name }) => name !== first!.usual)!;
    const tileOf = () => lowerings["dense/project"]!(project, device)[0]!.kernel.sizes!;
    const before = tileOf();
    useTuned(device, [{ ...first!, taken: other.name }]);
    expect(cutInUse(device, "project", first!.shape)).toEqual(other.cut);
    expect(tileOf()).toMatchObject({ ROWS: other.cut.tile.rows, THREADS: other.cut.tile.threads });
    expect(tileOf()).not.toEqual(before);
    const kept = cutsInUse(device);
    forgetCuts(device);
    expect(tileOf()).toEqual(before);
    useCuts(device, kept);
    expect(tileOf()).not.toEqual(before);
    forgetCuts(device);
  });

  it("prints a row for each product", () => {
    const lines = tunedText(tuned).split("\n");
    for (const { product, shape } of tuned)
      expect(lines.some((line) => line.startsWith(product) && line.includes(`× ${shape.pre} ×`))).toBe(true);
    expect(tunedJson(tuned[0]!)).toMatchObject({ product: "project", batch: 3, pre: 7, post: 37 });
  });

  it("says that a spiking network has nothing to tune", async () => {
    const spiking = await makeReady(device, { model: "cuba-4k", scale: 0.02 });
    await expect(tuneTiles(device, spiking)).rejects.toThrow("no dense product to tune");
    spiking.destroy();
  });
});

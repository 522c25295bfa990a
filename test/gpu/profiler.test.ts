/** Oracles: FLOPs counted by hand, sums that must be 1, the trace format's own rules, and more work taking longer. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { profileCommand } from "../../src/cli/profile";
import { profileText } from "../../src/cli/profile-text";
import { profileCsv, profileJson } from "../../src/experiment/profile-export";
import { measure } from "../../src/experiment/profile-run";
import { findRule } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import type { Device } from "../../src/gpu/device";
import type { Field } from "../../src/gpu/field";
import { Memory } from "../../src/gpu/memory";
import { bestOf, bindingRoof, measurePeaks, type Peaks } from "../../src/gpu/peaks";
import { type Profile, profile, profileTogether } from "../../src/gpu/profiler";
import { Runner } from "../../src/gpu/runner";
import { bytesOf, flopsOf, recordsOf, type ScheduleRecord } from "../../src/gpu/schedule";
import { quantile } from "../../src/gpu/stopwatch";
import { type Trace, traceSteps } from "../../src/gpu/trace";
import { network } from "../../src/net/network";
import { testDevice } from "../support/device";

const quick = { rounds: 3, minMs: 1 };

const array = (name: string, shape: number[], type: Field["type"] = "f32"): Field => ({
  name,
  site: "neuron",
  home: "",
  shape,
  type,
});

const tick = (clock: Field): ScheduleRecord => ({
  verb: "local",
  kernel: "local/tick",
  bind: { clock },
  writes: [{ field: clock, from: [{ field: clock, index: "own" }] }],
  layer: 0,
  phase: "count",
  threads: 1,
});

/** Copies `rows` rows of 256 signs. */
const sign = (rows: number, layer: number): ScheduleRecord => {
  const [weight, result] = [array(`weight${rows}`, [rows, 256]), array(`result${rows}`, [rows, 256])];
  return {
    verb: "local",
    kernel: "local/sign",
    bind: { weight, result },
    writes: [{ field: result, from: [{ field: weight, index: "own" }] }],
    layer,
    phase: "signs",
    constants: { MAGNITUDE: 1 },
    threads: rows * 64,
  };
};

describe("counting", () => {
  const net = network({ layers: [784, 256, 10], batch: 128 });
  const records = recordsOf(trainingStep(findRule("backprop"), net, "sgd", 1).schedule);
  const flops = (kernel: string) => records.filter((record) => record.kernel === kernel).map(flopsOf);

  it("finds the FLOPs of 784-256-10 at batch 128 that a hand count gives", () => {
    const [first, second] = [2 * 784 * 256 * 128, 2 * 256 * 10 * 128];
    expect(flops("dense/project")).toEqual([first, second]);
    expect(flops("dense/transport")).toEqual([second]); // none into the input
    expect(flops("dense/correlate")).toEqual([second, first]);
    const products = ["dense/project", "dense/transport", "dense/correlate"].flatMap(flops);
    expect(products.reduce((sum, n) => sum + n) / 1e6).toBeCloseTo(104.7, 1); // as REFERENCE says
  });

  it("counts each field once, and of a dataset no more than the batch", () => {
    const project = records.find(({ kernel }) => kernel === "dense/project")!;
    expect(bytesOf(project)).toBe(4 * (128 * 784 + 785 * 256 + 128 * 256));
    const split = {
      data: array("data", [60_000, 784], "u8"),
      labels: array("labels", [60_000], "u32"),
      count: 60_000,
    };
    const sample = recordsOf(trainingStep(findRule("backprop"), net, "sgd", 1, { split }).schedule)[0]!;
    expect(bytesOf(sample)).toBe(128 * (784 + 4) + 128 * (784 * 4 + 4) + 4); // read, written, and the clock
  });

  it("takes quantiles between neighbours", () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([5], 0.75)).toBe(5);
    expect(quantile([0, 4], 0.25)).toBe(1);
  });

  it("names the roof that binds", () => {
    const peaks: Peaks = { clock: "timestamps", fma: 10, product: 5, copy: 2, copyBytes: 1, dispatch: 10 };
    expect(bindingRoof({ flops: 1e9, bytes: 1e6, dispatches: 1 }, peaks)).toEqual({
      roof: "compute",
      ms: 100,
    });
    expect(bindingRoof({ flops: 1e6, bytes: 1e8, dispatches: 1 }, peaks)).toEqual({ roof: "copy", ms: 50 });
    expect(bindingRoof({ flops: 10, bytes: 10, dispatches: 3 }, peaks)).toEqual({
      roof: "dispatch",
      ms: 0.03,
    });
    expect(bindingRoof({ flops: 1e9, bytes: 0, dispatches: 1 }, { ...peaks, product: 20 }).ms).toBe(50); // whichever is faster
  });
});

describe.each(["timestamps", "wall"] as const)("profiling by %s", (clock) => {
  let device: Device;
  let memory: Memory;
  let runner: Runner;
  let measured: Profile;
  let trace: Trace;

  beforeAll(async () => {
    const found = await testDevice();
    device = { ...found, timestamps: clock === "timestamps" && found.timestamps };
    memory = new Memory(device);
    const counter = array("counter", [1], "u32");
    const schedule = [sign(2000, 1), sign(8000, 2), { repeat: 5, index: "t", body: [tick(counter)] }];
    runner = await Runner.create(device, memory, schedule, {});
    measured = await profile(device, runner, quick);
    trace = await traceSteps(device, runner, 2);
  });
  afterAll(() => {
    runner.destroy();
    memory.destroy();
  });

  it("says which clock it used", () => {
    expect(measured.clock).toBe(device.timestamps ? "timestamps" : "wall");
    expect(trace.otherData.clock).toBe(measured.clock);
  });

  it("gives one row for each record, the turns of a repeat together", () => {
    expect(
      measured.rows.map(({ record, calls, layer, phase, verb }) => [
        record.kernel,
        calls,
        layer,
        phase,
        verb,
      ]),
    ).toEqual([
      ["local/sign", 1, 1, "signs", "local"],
      ["local/sign", 1, 2, "signs", "local"],
      ["local/tick", 5, 0, "count", "local"],
    ]);
  });

  it("measures positive times, whose shares add up to 1", () => {
    for (const { ms, least, flops, bytes, gflops, gbytes } of measured.rows)
      for (const value of [ms, least, flops, bytes, gflops, gbytes]) expect(value).toBeGreaterThan(0);
    expect(measured.rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(measured.rows.reduce((sum, { calls, ms }) => sum + calls * ms, 0)).toBeCloseTo(measured.sum, 12);
    expect(measured.step.ms).toBeGreaterThan(0);
    expect(measured.overhead).toBeCloseTo(1 - measured.sum / measured.step.ms, 12);
  });

  it("keeps each round's times, and says how coarse the clock is", () => {
    for (const { times, ms, least, repeats } of measured.rows) {
      expect(times).toHaveLength(quick.rounds);
      expect(quantile(times, 0.5)).toBe(ms);
      expect(Math.min(...times)).toBe(least);
      expect(repeats).toBeGreaterThanOrEqual(1);
      expect(repeats * ms).toBeGreaterThan(0.3 * quick.minMs);
    }
    expect(measured.step.times).toHaveLength(quick.rounds);
    expect(measured.quantumMs).toBeGreaterThan(0);
    expect(measured.quantumMs).toBeLessThan(1);
  });

  it("measures two runners in the same rounds", async () => {
    const heard: string[] = [];
    const progress = (done: number, of: number) => heard.push(`${done}/${of}`);
    const pair = await profileTogether(device, [runner, runner], { ...quick, progress });
    expect(pair).toHaveLength(2);
    for (const { rows, step } of pair) {
      expect(rows.map(({ record }) => record)).toEqual(measured.rows.map(({ record }) => record));
      expect(step.times).toHaveLength(quick.rounds);
    }
    expect(heard).toEqual(Array.from({ length: 12 }, (_, index) => `${index}/12`)); // 2 runners: 3 records, 3 rounds
  });

  it("stops when told, with the signal's reason", async () => {
    const stop = new AbortController();
    const progress = (done: number) => done === 4 && stop.abort(new Error("enough"));
    await expect(profile(device, runner, { ...quick, progress, signal: stop.signal })).rejects.toThrow(
      "enough",
    );
  });

  it("finds that four times the work takes longer", () => {
    const [small, large] = measured.rows;
    expect(large!.flops).toBe(4 * small!.flops);
    expect(large!.least).toBeGreaterThan(1.3 * small!.least);
  });

  it("traces two steps in the form that Chrome and Perfetto read", () => {
    const { traceEvents, displayTimeUnit } = JSON.parse(JSON.stringify(trace)) as Trace;
    expect(["ms", "ns"]).toContain(displayTimeUnit);
    for (const event of traceEvents) {
      expect(event).toMatchObject({
        name: expect.any(String),
        ph: expect.stringMatching(/^[XM]$/),
        args: expect.any(Object),
      });
      for (const id of [event.pid, event.tid]) expect(Number.isInteger(id) && id >= 0).toBe(true);
      expect(event.ts).toBeGreaterThanOrEqual(0);
      if (event.ph === "X") expect(event.dur).toBeGreaterThanOrEqual(0);
    }
    const complete = traceEvents.filter(({ ph }) => ph === "X");
    expect(complete.map(({ ts }) => ts)).toEqual(complete.map(({ ts }) => ts).sort((a, b) => a - b));
    const host = complete.filter(({ cat }) => cat === "host").map(({ name }) => name);
    expect(host.toSorted()).toEqual(["encode", "readback", "submit", "wait"]);
    const lanes = traceEvents
      .filter(({ name }) => name === "thread_name")
      .map(({ pid, tid }) => `${pid}.${tid}`);
    for (const { pid, tid } of complete) expect(lanes).toContain(`${pid}.${tid}`);
  });

  it("keeps the schedule's order, and no two records of a lane at once", () => {
    const records = trace.traceEvents.filter(({ ph, cat }) => ph === "X" && cat !== "host");
    const step = ["local/sign", "local/sign", ...Array<string>(5).fill("local/tick")];
    expect(records.map(({ name }) => name)).toEqual([...step, ...step]);
    expect(records.map(({ args }) => args.step)).toEqual([
      ...Array<number>(7).fill(0),
      ...Array<number>(7).fill(1),
    ]);
    expect(records.slice(2, 7).map(({ args }) => args.turn)).toEqual([0, 1, 2, 3, 4]);
    expect(records[1]!.args).toMatchObject({
      flops: 8000 * 256,
      bytes: 2 * 4 * 8000 * 256,
      layer: 2,
      phase: "signs",
    });
    records.slice(1).forEach(({ ts }, index) => {
      const before = records[index]!;
      expect(ts).toBeGreaterThanOrEqual(before.ts + before.dur! - 1e-3);
    });
  });
});

describe("the adapter's peaks", () => {
  it("are the best of two measurements, roof by roof", () => {
    const one: Peaks = { clock: "wall", fma: 10, product: undefined, copy: 3, copyBytes: 1, dispatch: 9 };
    const two: Peaks = { ...one, fma: 8, product: 5, copy: 4, dispatch: 12 };
    expect(bestOf(one, two)).toEqual({ ...one, product: 5, copy: 4 });
    expect(bestOf(one, one)).toEqual(one);
  });

  it("are positive and soon found", async () => {
    const begun = performance.now();
    const peaks = await measurePeaks(await testDevice());
    expect(performance.now() - begun).toBeLessThan(20_000); // about a second, when nobody else computes
    for (const value of [peaks.fma, peaks.copy, peaks.dispatch, peaks.copyBytes])
      expect(value).toBeGreaterThan(0);
    expect(peaks.product).toBeUndefined();
    expect(peaks.dispatch).toBeLessThan(50_000); // µs: some tens of them on a machine that is free
  });
});

describe("engram profile", () => {
  it("prints a row for each kernel, and the same as one object", async () => {
    const plan = { rule: "backprop", layers: [20, 12, 5], batch: 8, optimizer: "sgd" };
    const device = await testDevice();
    const measured = await measure(device, plan, quick);
    const json = JSON.parse(JSON.stringify(profileJson(device.facts, measured))) as ReturnType<
      typeof profileJson
    >;
    expect(json).toMatchObject(plan);
    expect(json.kernels.map(({ kernel }) => kernel)).toEqual(
      expect.arrayContaining(["local/sample", "dense/project", "pool/tally"]),
    );
    for (const { ms, calls, boundBy, ofPeak } of json.kernels) {
      expect(Math.min(ms, calls, ofPeak!)).toBeGreaterThan(0);
      expect(["compute", "copy", "dispatch"]).toContain(boundBy);
    }
    expect(json.step.samplesPerSecond).toBeCloseTo(8e3 / json.step.ms, 6);
    expect(json.step.timeSteps).toBe(1);
    const [names, ...rows] = profileCsv(measured).trimEnd().split("\n");
    expect(names!.split(",").slice(0, 2)).toEqual(["kernel", "verb"]);
    expect(rows).toHaveLength(json.kernels.length);
    for (const row of rows) expect(row.split(",")).toHaveLength(names!.split(",").length);
    const lines = profileText(device.facts, measured).split("\n");
    const head = lines.findIndex((line) => line.startsWith("kernel"));
    expect(lines.slice(head + 1, lines.indexOf("", head))).toHaveLength(json.kernels.length);
    expect(lines[head]).toMatch(/calls +ms .* share +MFLOP +bytes +GFLOP\/s +GB\/s +% of peak +bound by/);
  });

  it("times a spiking network's kernels, and claims no FLOPs that depend on the spikes", async () => {
    const device = await testDevice();
    const measured = await measure(device, { model: "cuba-4k", scale: 0.02 }, { rounds: 2, minMs: 1 });
    const json = profileJson(device.facts, measured);
    expect(json).toMatchObject({ model: "cuba-4k", scale: 0.02, step: { timeSteps: 64 } });
    for (const kernel of json.kernels) {
      expect(kernel.ms).toBeGreaterThan(0);
      expect(kernel).toMatchObject({ flops: null, bytes: null, gflops: null, ofPeak: null });
    }
    await expect(measure(device, { model: "cuba-9k", scale: 1 })).rejects.toThrow("none of them");
  });

  it("refuses what can't be measured, before a device is opened", async () => {
    const context = { stdout: { write: () => 0 }, stderr: { write: () => 0 }, json: false };
    const run = (values: Record<string, string>) => profileCommand.run(values, context);
    await expect(run({})).rejects.toThrow("engram profile needs --rule");
    await expect(run({ rule: "backprob" })).rejects.toThrow('did you mean "backprop"?');
    await expect(run({ rule: "perceptron", layers: "9,5,2" })).rejects.toThrow("no way to teach hidden");
    await expect(run({ rule: "backprop", layers: "784,0,10" })).rejects.toThrow("Layer 1 must have");
    await expect(run({ rule: "backprop", trace: "/no/such/folder/x.json" })).rejects.toThrow(
      "there is no folder /no/such/folder",
    );
  });
});

/**
 * Profiler: what every record of a schedule costs, set against the adapter's peaks.
 *
 * A record's dispatches are repeated within one pass until they fill some ms, and many steps of the clock, in several
 * rounds that go through all records in turn, so that a machine that slows down slows all of them; the median counts.
 * Repeating a correlate keeps on changing its weights: give the profiler a runner of its own, at rate 0 if the numbers
 * should stay what they are.
 */
import type { Device } from "./device";
import { kernelFor } from "./kernel";
import { type Lowering, lowerPlain } from "./lower";
import type { Peaks } from "./peaks";
import { medianOf, type ProfileRow, rowOf, type Timed } from "./profile-row";
import { encodeRecords, type ReadyRecord, type Runner } from "./runner";
import { recordsOf, type Schedule, type ScheduleRecord } from "./schedule";
import { type Clock, mostRepeats, quantile, repeatsToFill, Stopwatch } from "./stopwatch";

export type { ProfileRow } from "./profile-row";

/** Whole steps, many to a submit, with one wait at the end. */
export interface StepTime {
  /** Median ms of a step by the host's clock, encoding and waiting included. */
  readonly ms: number;
  readonly least: number;
  readonly spread: number;
  /** Of a step in each round, ms. */
  readonly times: readonly number[];
  /** Of it the encoding and submitting. */
  readonly encodeMs: number;
  /** The GPU's own time, where it has a clock for us. */
  readonly gpuMs: number | undefined;
  /** Steps in the submit. */
  readonly count: number;
}

export interface Profile {
  /** `wall` where the device has no timestamps: then rows include a submit and a wait, shared by the repeats. */
  readonly clock: Clock;
  /** The step in which that clock was seen to move, ms. */
  readonly quantumMs: number | undefined;
  readonly rows: readonly ProfileRow[];
  /** Sum of all rows, ms a step. */
  readonly sum: number;
  readonly step: StepTime;
  /** What a whole step takes beyond its rows, as a share of the step; negative where records overlap or caches stay warm. */
  readonly overhead: number;
}

export interface ProfileOptions {
  /** Default 7. */
  readonly rounds?: number;
  /** ms that a record is repeated to fill. Default 5, and 20 by the host's clock; more where that clock is coarse. */
  readonly minMs?: number;
  /** ms that whole steps are repeated to fill, so that a submit and a wait are shared by many. Default 150. */
  readonly stepsMs?: number;
  readonly peaks?: Peaks;
  /** Hears how much is done of how much, and what comes next. */
  readonly progress?: (done: number, of: number, what: string) => void;
  /** Ends the measurement between two submits: it then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

const submitMs = 200; // a submit holds no more measurements than this
const mostSteps = 512;
const mostEncoded = 4096; // records are encoded in one go, which holds the page up
const quanta = 64; // steps of the clock that a measurement fills: what it is off by is then below 2 %

/** Times every record of the runner's schedule, and whole steps. The runner's fields change as if it had trained. */
export async function profile(
  device: Device,
  runner: Runner,
  options: ProfileOptions = {},
): Promise<Profile> {
  const [only] = await profileTogether(device, [runner], options);
  return only!;
}

/** What is known of one runner while it is measured. */
interface Subject {
  readonly runner: Runner;
  readonly timed: readonly Timed[];
  /** Whole steps in a submit. */
  readonly count: number;
  readonly steps: { readonly ms: number; readonly encodeMs: number; readonly gpuMs: number | undefined }[];
}

/**
 * Profiles several runners in the same rounds, first to last and then last to first, so that whatever else the machine
 * does meets all of them alike: their times can be set against each other.
 */
export async function profileTogether(
  device: Device,
  runners: readonly Runner[],
  options: ProfileOptions = {},
): Promise<Profile[]> {
  const watch = new Stopwatch(device);
  const { rounds = 7, minMs = watch.clock === "timestamps" ? 5 : 20, stepsMs = 150 } = options;
  const { peaks, progress, signal } = options;
  const groups = runners.map(({ records }) => byRecord(records));
  const of = groups.reduce((sum, { length }) => sum + length, 0) + rounds * runners.length;
  let done = 0;
  const next = (what: string) => {
    signal?.throwIfAborted();
    progress?.(done++, of, what);
  };
  try {
    await watch.time(Array.from({ length: 8 }, () => () => {})); // shows how coarse the clock is
    const subjects: Subject[] = [];
    for (const [index, runner] of runners.entries()) {
      const timed: Timed[] = [];
      for (const calls of groups[index]!) {
        next(`${calls[0]!.record.kernel}, how often it fits into a measurement`);
        timed.push(await calibrate(watch, calls, minMs));
      }
      const estimate = timed.reduce((sum, { calls, estimate }) => sum + calls.length * estimate, 0);
      const most = Math.min(mostSteps, mostEncoded / runner.records.length);
      const count = Math.max(1, Math.floor(Math.min(most, Math.ceil(stepsMs / estimate))));
      subjects.push({ runner, timed, count, steps: [] });
    }
    for (let round = 0; round < rounds; round++)
      for (const subject of round % 2 === 0 ? subjects : subjects.toReversed()) {
        next(`round ${round + 1} of ${rounds}`);
        await measureRound(watch, subject, signal);
      }
    return subjects.map((subject) => profileOf(subject, watch, peaks));
  } finally {
    watch.destroy();
  }
}

/** Every record of one runner once, each over and over in its pass, then whole steps. */
async function measureRound(
  watch: Stopwatch,
  { runner, timed, count, steps }: Subject,
  signal?: AbortSignal,
) {
  for (const some of inSubmits(timed)) {
    signal?.throwIfAborted();
    const { passes } = await watch.time(
      some.map(
        ({ calls, repeats }) =>
          (pass) =>
            encodeTurns(pass, calls, repeats),
      ),
    );
    passes.forEach((interval, index) => {
      if (interval && interval.end > interval.begin) hear(some[index]!, interval.end - interval.begin);
    });
  }
  steps.push(await timeSteps(watch, runner, count));
}

/** Takes a round's time. What was slow while it was tried, on a busy machine, is repeated more often from then on. */
function hear(timed: Timed, ms: number): void {
  const one = ms / timed.repeats;
  timed.times.push(one);
  timed.estimate = Math.min(timed.estimate, one);
  timed.repeats = Math.min(mostRepeats, Math.max(timed.repeats, Math.ceil(timed.enoughMs / timed.estimate)));
}

function profileOf({ timed, steps, count }: Subject, watch: Stopwatch, peaks: Peaks | undefined): Profile {
  const sum = timed.reduce((total, one) => total + one.calls.length * medianOf(one), 0);
  const times = steps.map(({ ms }) => ms);
  const gpu = steps.flatMap(({ gpuMs }) => (gpuMs === undefined ? [] : [gpuMs]));
  const step: StepTime = {
    ms: quantile(times, 0.5),
    least: quantile(times, 0),
    spread: quantile(times, 0.75) - quantile(times, 0.25),
    times,
    encodeMs: quantile(
      steps.map(({ encodeMs }) => encodeMs),
      0.5,
    ),
    gpuMs: gpu.length > 0 ? quantile(gpu, 0.5) : undefined,
    count,
  };
  return {
    clock: watch.clock,
    quantumMs: watch.quantumMs,
    rows: timed.map((one) => rowOf(one, sum, peaks)),
    sum,
    step,
    overhead: (step.ms - sum) / step.ms,
  };
}

/** The calls of each record, in the order of the records' first calls. */
function byRecord(records: readonly ReadyRecord[]): ReadyRecord[][] {
  const groups = new Map<ScheduleRecord, ReadyRecord[]>();
  for (const ready of records) {
    const calls = groups.get(ready.record);
    if (calls) calls.push(ready);
    else groups.set(ready.record, [ready]);
  }
  return [...groups.values()];
}

/** A record's calls one after another, from the first turn again after the last. */
function encodeTurns(pass: GPUComputePassEncoder, calls: readonly ReadyRecord[], repeats: number): void {
  for (let i = 0; i < repeats; i++) encodeRecords(pass, [calls[i % calls.length]!]);
}

async function calibrate(watch: Stopwatch, calls: readonly ReadyRecord[], minMs: number): Promise<Timed> {
  const encode = (pass: GPUComputePassEncoder, repeats: number) => encodeTurns(pass, calls, repeats);
  const firstMs = (await watch.once((pass) => encode(pass, 1))) ?? 0;
  const enoughMs = Math.max(minMs, quanta * (watch.quantumMs ?? 0));
  const repeats = await repeatsToFill(watch, encode, enoughMs);
  const ms = (await watch.once((pass) => encode(pass, repeats))) || enoughMs;
  return { calls, firstMs, repeats, enoughMs, estimate: ms / repeats, times: [] };
}

/** Records in order, cut so that no submit takes long, on the GPU or to encode. */
function inSubmits(timed: readonly Timed[]): Timed[][] {
  const submits: Timed[][] = [];
  let [filled, encoded] = [Number.POSITIVE_INFINITY, 0];
  for (const one of timed) {
    const ms = one.repeats * one.estimate;
    if (filled + ms > submitMs || encoded + one.repeats > mostEncoded) {
      submits.push([]);
      [filled, encoded] = [0, 0];
    }
    submits.at(-1)!.push(one);
    filled += ms;
    encoded += one.repeats;
  }
  return submits;
}

async function timeSteps(watch: Stopwatch, runner: Runner, count: number) {
  const { passes, host } = await watch.time([
    (pass) => {
      for (let step = 0; step < count; step++) encodeRecords(pass, runner.records);
    },
  ]);
  const [interval] = passes;
  const gpuMs =
    watch.clock === "timestamps" && interval ? (interval.end - interval.begin) / count : undefined;
  return { ms: (host.done - host.begun) / count, encodeMs: (host.submitted - host.begun) / count, gpuMs };
}

/**
 * ms that each record's kernels take to compile, one after another; a kernel that was met before costs nothing.
 * @param next is awaited before each
 */
export async function compileTimes(
  device: Device,
  schedule: Schedule,
  lowerings: Readonly<Record<string, Lowering>>,
  next: (done: number, of: number, what: string) => Promise<void> | void = () => {},
): Promise<Map<ScheduleRecord, number>> {
  const times = new Map<ScheduleRecord, number>();
  const records = recordsOf(schedule);
  for (const [index, record] of records.entries()) {
    await next(index, records.length, record.kernel);
    const begun = performance.now();
    for (const { kernel } of (lowerings[record.kernel] ?? lowerPlain)(record, device))
      await kernelFor(device, kernel);
    times.set(record, performance.now() - begun);
  }
  return times;
}

/**
 * Profiler: what every record of a schedule costs, set against the adapter's peaks.
 *
 * A record's dispatches are repeated within one pass until they fill some ms, in several rounds that go through all
 * records in turn, so that a machine that slows down slows all of them; the median counts. Repeating a correlate keeps
 * on changing its weights: give the profiler a runner of its own, at rate 0 if the numbers should stay what they are.
 */
import type { Device } from "./device";
import { kernelFor } from "./kernel";
import { type Lowering, lowerPlain } from "./lower";
import { bindingRoof, type Peaks, type Roof } from "./peaks";
import { encodeRecords, type ReadyRecord, type Runner } from "./runner";
import { bytesOf, flopsOf, recordsOf, type Schedule, type ScheduleRecord, type Verb } from "./schedule";
import { type Clock, quantile, repeatsToFill, Stopwatch } from "./stopwatch";

/** One record of the schedule; the turns of a repeat share a row. */
export interface ProfileRow {
  readonly record: ScheduleRecord;
  /** The shaders that it was lowered to: `dense/project-quad`, `dense/sum`. */
  readonly shaders: readonly string[];
  readonly verb: Verb;
  readonly layer: number;
  readonly phase: string;
  /** How often a step runs it. */
  readonly calls: number;
  /** Median of one call. */
  readonly ms: number;
  /** The fastest of the rounds: on a busy machine the telling one. */
  readonly least: number;
  /** Between the quarters of the rounds, ms. */
  readonly spread: number;
  /** Of the sum of all rows: calls · ms. All shares add up to 1. */
  readonly share: number;
  /** Of one call. */
  readonly flops: number;
  readonly bytes: number;
  /** GFLOP/s and GB/s. */
  readonly gflops: number;
  readonly gbytes: number;
  /** Its first run, which some drivers compile in, ms. */
  readonly firstMs: number;
  /** What binds it, and the share of that peak that it reaches; where peaks were given. */
  readonly roof?: Roof;
  readonly ofPeak?: number;
}

/** Whole steps, many to a submit, with one wait at the end. */
export interface StepTime {
  /** Median ms of a step by the host's clock, encoding and waiting included. */
  readonly ms: number;
  readonly least: number;
  readonly spread: number;
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
  /** ms that a record is repeated to fill. Default 5, and 20 by the host's clock. */
  readonly minMs?: number;
  readonly peaks?: Peaks;
}

const submitMs = 200; // a submit holds no more measurements than this
const stepsMs = 150; // whole steps are repeated to fill this
const mostSteps = 512;

/** Times every record of the runner's schedule, and whole steps. The runner's fields change as if it had trained. */
export async function profile(
  device: Device,
  runner: Runner,
  options: ProfileOptions = {},
): Promise<Profile> {
  const watch = new Stopwatch(device);
  const { rounds = 7, minMs = watch.clock === "timestamps" ? 5 : 20, peaks } = options;
  try {
    const timed: Timed[] = [];
    for (const calls of byRecord(runner.records).values()) timed.push(await calibrate(watch, calls, minMs));
    const estimate = timed.reduce((sum, { calls, estimate }) => sum + calls.length * estimate, 0);
    const count = Math.max(1, Math.min(mostSteps, Math.ceil(stepsMs / estimate)));
    const steps: Omit<StepTime, "least" | "spread" | "count">[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const some of inSubmits(timed)) {
        const { passes } = await watch.time(
          some.map(
            ({ calls, repeats }) =>
              (pass) =>
                encodeTurns(pass, calls, repeats),
          ),
        );
        passes.forEach((interval, index) => {
          const { times, repeats } = some[index]!;
          if (interval && interval.end > interval.begin)
            times.push((interval.end - interval.begin) / repeats);
        });
      }
      steps.push(await timeSteps(watch, runner, count));
    }
    const sum = timed.reduce((total, one) => total + one.calls.length * medianOf(one), 0);
    const rows = timed.map((one) => rowOf(one, sum, peaks));
    const middle = (values: number[]) => quantile(values, 0.5);
    const all = steps.map(({ ms }) => ms);
    const gpu = steps.flatMap(({ gpuMs }) => (gpuMs === undefined ? [] : [gpuMs]));
    const step = {
      ms: middle(all),
      least: quantile(all, 0),
      spread: quantile(all, 0.75) - quantile(all, 0.25),
      encodeMs: middle(steps.map(({ encodeMs }) => encodeMs)),
      gpuMs: gpu.length > 0 ? middle(gpu) : undefined,
      count,
    };
    return { clock: watch.clock, rows, sum, step, overhead: (step.ms - sum) / step.ms };
  } finally {
    watch.destroy();
  }
}

/** A record while it is measured. */
interface Timed {
  /** Its calls in a step: one for every turn. */
  readonly calls: readonly ReadyRecord[];
  readonly firstMs: number;
  readonly repeats: number;
  readonly estimate: number;
  readonly times: number[];
}

function byRecord(records: readonly ReadyRecord[]): Map<ScheduleRecord, ReadyRecord[]> {
  const groups = new Map<ScheduleRecord, ReadyRecord[]>();
  for (const ready of records) groups.set(ready.record, [...(groups.get(ready.record) ?? []), ready]);
  return groups;
}

/** A record's calls one after another, from the first turn again after the last. */
function encodeTurns(pass: GPUComputePassEncoder, calls: readonly ReadyRecord[], repeats: number): void {
  for (let i = 0; i < repeats; i++) encodeRecords(pass, [calls[i % calls.length]!]);
}

async function calibrate(watch: Stopwatch, calls: readonly ReadyRecord[], minMs: number): Promise<Timed> {
  const encode = (pass: GPUComputePassEncoder, repeats: number) => encodeTurns(pass, calls, repeats);
  const firstMs = (await watch.once((pass) => encode(pass, 1))) ?? 0;
  const repeats = await repeatsToFill(watch, encode, minMs);
  const ms = (await watch.once((pass) => encode(pass, repeats))) ?? minMs;
  return { calls, firstMs, repeats, estimate: ms / repeats, times: [] };
}

/** Records in order, cut so that no submit takes long. */
function inSubmits(timed: readonly Timed[]): Timed[][] {
  const submits: Timed[][] = [];
  let filled = Number.POSITIVE_INFINITY;
  for (const one of timed) {
    const ms = one.repeats * one.estimate;
    if (filled + ms > submitMs) {
      submits.push([]);
      filled = 0;
    }
    submits.at(-1)!.push(one);
    filled += ms;
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

function medianOf({ calls, times }: Timed): number {
  if (times.length > 0) return quantile(times, 0.5);
  throw new Error(
    `The adapter's clock ran backwards at every measurement of ${calls[0]!.record.kernel}; profile again.`,
  );
}

function rowOf(timed: Timed, sum: number, peaks: Peaks | undefined): ProfileRow {
  const { record, dispatches } = timed.calls[0]!;
  const ms = medianOf(timed);
  const [flops, bytes] = [flopsOf(record), bytesOf(record)];
  const bound = peaks && bindingRoof({ flops, bytes, dispatches: dispatches.length }, peaks);
  return {
    record,
    shaders: dispatches.map(({ kernel }) => kernel.spec.shader.replace(/^kernel\//, "")),
    verb: record.verb,
    layer: record.layer,
    phase: record.phase,
    calls: timed.calls.length,
    ms,
    least: quantile(timed.times, 0),
    spread: quantile(timed.times, 0.75) - quantile(timed.times, 0.25),
    share: (timed.calls.length * ms) / sum,
    flops,
    bytes,
    gflops: flops / ms / 1e6,
    gbytes: bytes / ms / 1e6,
    firstMs: timed.firstMs,
    ...(bound && { roof: bound.roof, ofPeak: bound.ms / ms }),
  };
}

/** ms that each record's kernels take to compile, one after another; a kernel that was met before costs nothing. */
export async function compileTimes(
  device: Device,
  schedule: Schedule,
  lowerings: Readonly<Record<string, Lowering>>,
): Promise<Map<ScheduleRecord, number>> {
  const times = new Map<ScheduleRecord, number>();
  for (const record of recordsOf(schedule)) {
    const begun = performance.now();
    for (const { kernel } of (lowerings[record.kernel] ?? lowerPlain)(record, device))
      await kernelFor(device, kernel);
    times.set(record, performance.now() - begun);
  }
  return times;
}

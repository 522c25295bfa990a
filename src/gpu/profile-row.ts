/** A row of a profile: one record of the schedule, with what it costs and what binds it. */
import { bindingRoof, type Peaks, type Roof } from "./peaks";
import type { ReadyRecord } from "./runner";
import { bytesOf, flopsOf, type ScheduleRecord, type Verb } from "./schedule";
import { quantile } from "./stopwatch";

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
  /** Of one call in each round, ms. */
  readonly times: readonly number[];
  /** How often it ran within the pass that was timed, in the last round. */
  readonly repeats: number;
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

/** A record while it is measured. */
export interface Timed {
  /** Its calls in a step: one for every turn. */
  readonly calls: readonly ReadyRecord[];
  readonly firstMs: number;
  repeats: number;
  /** ms that the repeats should fill. */
  readonly enoughMs: number;
  /** ms of one call: the least so far. */
  estimate: number;
  readonly times: number[];
}

/** @throws where no round gave a time */
export function medianOf({ calls, times }: Timed): number {
  if (times.length > 0) return quantile(times, 0.5);
  throw new Error(
    `The adapter's clock ran backwards at every measurement of ${calls[0]!.record.kernel}; profile again.`,
  );
}

/** @param sum of all rows, ms a step */
export function rowOf(timed: Timed, sum: number, peaks: Peaks | undefined): ProfileRow {
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
    times: timed.times,
    repeats: timed.repeats,
    share: (timed.calls.length * ms) / sum,
    flops,
    bytes,
    gflops: flops / ms / 1e6,
    gbytes: bytes / ms / 1e6,
    firstMs: timed.firstMs,
    ...(bound && { roof: bound.roof, ofPeak: bound.ms / ms }),
  };
}

/** The record's shaders, the second without the folder that it shares with the first: `dense/project-quad + sum`. */
export function kernelName({ shaders: [first = "", ...rest] }: Pick<ProfileRow, "shaders">): string {
  const folder = first.slice(0, first.lastIndexOf("/") + 1);
  return [first, ...rest.map((shader) => shader.replace(folder, ""))].join(" + ");
}

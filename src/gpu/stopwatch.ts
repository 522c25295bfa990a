/**
 * Stopwatch: how long compute passes take, by the GPU's own clock where it has one for us (timestamp queries), else by
 * the host's, around a submit for each pass.
 *
 * Browsers quantise timestamps to 65–100 µs, and a submit costs about as much, so whoever wants a short thing timed
 * repeats it within the pass: `repeatsToFill` says how often. How coarse the clock really is, is read off its readings.
 */
import type { Device } from "./device";

/** The GPU's clock, or the host's around submits, which counts the way to the GPU and back as well. */
export type Clock = "timestamps" | "wall";

/** Begin and end in ms, from an origin that only intervals of one call share. */
export interface Interval {
  readonly begin: number;
  readonly end: number;
}

/** What the host did meanwhile, in ms by its own clock: began to encode, was done with it, … */
export interface HostTimes {
  readonly begun: number;
  readonly encoded: number;
  readonly submitted: number;
  readonly done: number;
  readonly readBack: number;
}

export interface Timing {
  /** One for each pass; undefined where the GPU's clock ran backwards, as it may. */
  readonly passes: readonly (Interval | undefined)[];
  readonly host: HostTimes;
}

type Encode = (pass: GPUComputePassEncoder) => void;

/** WebGPU lets a query set hold 4096 queries, and a pass takes two. */
const passesPerSet = 2048;

export class Stopwatch {
  readonly clock: Clock;
  /** Of all the GPU's readings so far, in its ns: the greatest number that every difference is a multiple of. */
  private grain = 0n;
  private hostGrainMs: number | undefined;
  private sets: { readonly set: GPUQuerySet; readonly resolved: GPUBuffer }[] = [];

  constructor(private readonly device: Device) {
    this.clock = device.timestamps ? "timestamps" : "wall";
  }

  /**
   * The step in which this clock moves, ms, as its readings so far show it: 0.065536 where a browser drops the last 16 bits
   * of the ns, 10⁻⁶ where it drops none. Undefined while all readings were the same.
   */
  get quantumMs(): number | undefined {
    if (this.clock === "wall") {
      this.hostGrainMs ??= hostGrainMs();
      return this.hostGrainMs;
    }
    return this.grain === 0n ? undefined : Number(this.grain) / 1e6;
  }

  /** Runs each in a compute pass of its own and resolves, when all are done, to their times. */
  time(passes: readonly Encode[]): Promise<Timing> {
    return this.clock === "timestamps" ? this.byTimestamps(passes) : this.byWall(passes);
  }

  /** Runs one pass and resolves to its ms; undefined where the GPU's clock ran backwards. */
  async once(encode: Encode): Promise<number | undefined> {
    const [interval] = (await this.time([encode])).passes;
    return interval && interval.end - interval.begin;
  }

  private async byTimestamps(passes: readonly Encode[]): Promise<Timing> {
    const { gpu } = this.device;
    const chunks = Array.from({ length: Math.ceil(passes.length / passesPerSet) }, (_, chunk) =>
      passes.slice(chunk * passesPerSet, (chunk + 1) * passesPerSet),
    );
    for (const [index, chunk] of chunks.entries()) this.provide(index, chunk.length);
    const begun = performance.now();
    const encoder = gpu.createCommandEncoder({ label: "stopwatch" });
    chunks.forEach((chunk, index) => {
      const { set, resolved } = this.sets[index]!;
      chunk.forEach((encode, at) => {
        const timestampWrites = {
          querySet: set,
          beginningOfPassWriteIndex: 2 * at,
          endOfPassWriteIndex: 2 * at + 1,
        };
        const pass = encoder.beginComputePass({ timestampWrites });
        encode(pass);
        pass.end();
      });
      encoder.resolveQuerySet(set, 0, 2 * chunk.length, resolved, 0);
    });
    const commands = encoder.finish();
    const encoded = performance.now();
    gpu.queue.submit([commands]);
    const submitted = performance.now();
    await this.device.settled();
    const done = performance.now();
    const ticks: bigint[] = [];
    for (const [index, chunk] of chunks.entries())
      ticks.push(
        ...new BigUint64Array(await this.device.readBuffer(this.sets[index]!.resolved, 16 * chunk.length)),
      );
    const origin = ticks[0] ?? 0n;
    for (const tick of ticks) this.grain = greatestCommonDivisor(this.grain, tick - origin);
    const ms = (tick: bigint) => Number(tick - origin) / 1e6;
    const intervals = passes.map((_, at): Interval | undefined => {
      const interval = { begin: ms(ticks[2 * at]!), end: ms(ticks[2 * at + 1]!) };
      return interval.begin >= 0 && interval.end >= interval.begin ? interval : undefined;
    });
    return { passes: intervals, host: { begun, encoded, submitted, done, readBack: performance.now() } };
  }

  /** Makes the query set `index`, or makes it larger. */
  private provide(index: number, passes: number): void {
    const { gpu } = this.device;
    const there = this.sets[index];
    if (there && there.set.count >= 2 * passes) return;
    there?.set.destroy();
    there?.resolved.destroy();
    const set = gpu.createQuerySet({ label: "stopwatch", type: "timestamp", count: 2 * passes });
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    this.sets[index] = { set, resolved: gpu.createBuffer({ label: "stopwatch", size: 16 * passes, usage }) };
  }

  private async byWall(passes: readonly Encode[]): Promise<Timing> {
    const { gpu } = this.device;
    await this.device.settled();
    const begun = performance.now();
    const commands = passes.map((encode) => {
      const encoder = gpu.createCommandEncoder({ label: "stopwatch" });
      const pass = encoder.beginComputePass();
      encode(pass);
      pass.end();
      return encoder.finish();
    });
    const encoded = performance.now();
    const intervals: Interval[] = [];
    for (const command of commands) {
      const begin = performance.now();
      gpu.queue.submit([command]);
      await this.device.settled();
      intervals.push({ begin: begin - encoded, end: performance.now() - encoded });
    }
    const done = performance.now();
    return { passes: intervals, host: { begun, encoded, submitted: encoded, done, readBack: done } };
  }

  destroy(): void {
    for (const { set, resolved } of this.sets) {
      set.destroy();
      resolved.destroy();
    }
    this.sets = [];
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const grainReadings = 8;
const grainMs = 5;

/** The least step that the host's clock is seen to make, ms. */
function hostGrainMs(): number {
  const begun = performance.now();
  let [least, last, seen] = [Number.POSITIVE_INFINITY, begun, 0];
  while (seen < grainReadings && last - begun < grainMs) {
    const now = performance.now();
    if (now === last) continue;
    least = Math.min(least, now - last);
    last = now;
    seen++;
  }
  return least;
}

/** No more repeats than this are encoded into one pass. */
export const mostRepeats = 4096;

/** How often something must be repeated within a pass to take `minMs` of it, found by trying. */
export async function repeatsToFill(
  watch: Stopwatch,
  encode: (pass: GPUComputePassEncoder, repeats: number) => void,
  minMs: number,
): Promise<number> {
  let repeats = 1;
  for (let attempt = 0; attempt < 8 && repeats < mostRepeats; attempt++) {
    const ms = await watch.once((pass) => encode(pass, repeats));
    if (ms === undefined) continue;
    // Twice, as a busy machine makes a short thing long now and then.
    if (ms >= minMs && ((await watch.once((pass) => encode(pass, repeats))) ?? 0) >= minMs) break;
    if (ms >= minMs) continue;
    const factor = Math.min(64, Math.max(1.5, (1.2 * minMs) / Math.max(ms, 1e-3)));
    repeats = Math.min(mostRepeats, Math.ceil(repeats * factor));
  }
  return repeats;
}

/** The value that `share` of the sorted values lie below, linearly between neighbours; 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (at % 1) * (sorted[Math.ceil(at)]! - low);
}

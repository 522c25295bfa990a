/**
 * Tuner: tries the cuts of each dense product of a plan on the adapter at hand, and says which to take. Cuts leave every
 * output's order of summation alone, which is checked here bit by bit on lively numbers; what differs is never taken. Rounds
 * are interleaved, and another cut than the usual one is taken only where the bootstrap leaves no doubt that it is faster.
 */
import { isReal, type RatioInterval, ratioOfMedians } from "../gpu/bootstrap";
import type { Device } from "../gpu/device";
import { byteLength } from "../gpu/field";
import type { Memory } from "../gpu/memory";
import { encodeRecords, Runner } from "../gpu/runner";
import { flopsOf, type ScheduleRecord } from "../gpu/schedule";
import { quantile, repeatsToFill, Stopwatch } from "../gpu/stopwatch";
import { formFor, type Product, productDispatches, type Shape, shapeOf, tileFor } from "../net/dense";
import { type Cut, cutName, cutsToTry, forgetCuts, shapeClass, useCut } from "../net/tiles";
import type { Next, Subject } from "./profile-run";

/** One cut of one product. */
export interface Tried {
  readonly name: string;
  readonly cut: Cut;
  /** Median of the rounds, and each of them, ms. */
  readonly ms: number;
  readonly times: readonly number[];
  readonly gflops: number;
  /** Its time over that of the usual cut; undefined for the usual cut itself. */
  readonly toUsual: RatioInterval | undefined;
  /** Whether all that it writes has the bits that the usual cut writes. */
  readonly sameBits: boolean;
}

export interface TunedProduct {
  readonly product: Product;
  readonly shape: Shape;
  /** The products that share its cut. */
  readonly shapeClass: string;
  readonly tried: readonly Tried[];
  readonly usual: string;
  readonly taken: string;
}

export interface TuneOptions {
  /** Default 9. */
  readonly rounds?: number;
  /** ms that a product is repeated to fill. Default 5, and 20 by the host's clock. */
  readonly minMs?: number;
  /** Cuts to try besides the usual one; default those that suit the adapter. */
  readonly cuts?: readonly Cut[];
  readonly progress?: Next;
  readonly signal?: AbortSignal;
}

const products: Readonly<Record<string, Product>> = {
  "dense/project": "project",
  "dense/transport": "transport",
  "dense/correlate": "correlate",
};

/** The dense products of a schedule, one for each class of shapes. */
export function productClasses(records: readonly ScheduleRecord[]): Map<string, [Product, ScheduleRecord]> {
  const found = new Map<string, [Product, ScheduleRecord]>();
  for (const record of records) {
    const product = products[record.kernel];
    if (!product) continue;
    const name = shapeClass(product, shapeOf(product, record));
    if (!found.has(name)) found.set(name, [product, record]);
  }
  return found;
}

/**
 * Tries every cut for every dense product of a subject. The subject's fields change as if it had trained: make it ready anew
 * before it is timed.
 * @throws where the subject has no dense product, or the signal's reason
 */
export async function tuneTiles(
  device: Device,
  subject: Subject,
  options: TuneOptions = {},
): Promise<TunedProduct[]> {
  const { memory, runner } = subject;
  const classes = [...productClasses(runner.records.map(({ record }) => record))];
  if (!memory || classes.length === 0)
    throw new Error("There is no dense product to tune here; choose a network of layers.");
  subject.setRates(true);
  runner.run(); // so that errors, activities and the optimiser's memory are no zeros
  await device.settled();
  const tuned: TunedProduct[] = [];
  for (const [index, [, [product, record]]] of classes.entries()) {
    const next: Next = (done, of, what) => {
      options.signal?.throwIfAborted();
      options.progress?.(index + done / of, classes.length, what);
    };
    subject.setRates(true);
    tuned.push(await tuneOne(device, subject, memory, product, record, options, next));
  }
  return tuned;
}

/** One cut while it is tried. */
interface Trial {
  readonly cut: Cut;
  readonly runner: Runner;
  readonly sameBits: boolean;
  repeats: number;
  readonly times: number[];
}

async function tuneOne(
  device: Device,
  subject: Subject,
  memory: Memory,
  product: Product,
  record: ScheduleRecord,
  { rounds = 9, minMs, cuts: tries = cutsToTry(device) }: TuneOptions,
  next: Next,
): Promise<TunedProduct> {
  const shape = shapeOf(product, record);
  const usual: Cut = { form: formFor(device), tile: tileFor(product, shape, device.facts.name) };
  const others = tries.filter((cut) => cutName(cut) !== cutName(usual));
  const cuts = [usual, ...others];
  const steps = 2 * cuts.length + rounds;
  const what = `${product} ${shape.batch} × ${shape.pre} × ${shape.post}`;
  const backup = new Backup(device, memory, record);
  const watch = new Stopwatch(device);
  try {
    const trials: Trial[] = [];
    let bits: Uint32Array[] | undefined;
    for (const [index, cut] of cuts.entries()) {
      next(index, steps, `${what}: compiling ${cutName(cut)}`);
      const lowering = () => productDispatches(product, record, cut.form, cut.tile);
      const runner = await Runner.create(device, memory, [record], { [record.kernel]: lowering });
      backup.restore();
      runner.run();
      const found = await backup.readWritten();
      bits ??= found;
      trials.push({ cut, runner, sameBits: sameWords(bits, found), repeats: 1, times: [] });
    }
    subject.setRates(false);
    const encode = ({ runner }: Trial) => {
      return (pass: GPUComputePassEncoder, repeats: number) => {
        for (let turn = 0; turn < repeats; turn++) encodeRecords(pass, runner.records);
      };
    };
    const enough = minMs ?? (watch.clock === "timestamps" ? 5 : 20);
    for (const [index, trial] of trials.entries()) {
      next(cuts.length + index, steps, `${what}: how often ${cutName(trial.cut)} fits into a measurement`);
      trial.repeats = await repeatsToFill(
        watch,
        encode(trial),
        Math.max(enough, 64 * (watch.quantumMs ?? 0)),
      );
    }
    for (let round = 0; round < rounds; round++) {
      next(2 * cuts.length + round, steps, `${what}: round ${round + 1} of ${rounds}`);
      for (let seat = 0; seat < trials.length; seat++) {
        const trial = trials[(round + seat) % trials.length]!;
        const ms = await watch.once((pass) => encode(trial)(pass, trial.repeats));
        if (ms) trial.times.push(ms / trial.repeats);
      }
    }
    for (const { runner } of trials) runner.destroy();
    return chosenOf(product, shape, record, trials);
  } finally {
    watch.destroy();
    backup.destroy();
  }
}

/** The fastest of those that are faster than the usual one beyond doubt and write the same bits; else the usual one. */
function chosenOf(
  product: Product,
  shape: Shape,
  record: ScheduleRecord,
  trials: readonly Trial[],
): TunedProduct {
  const [first] = trials;
  const silent = trials.find(({ times }) => times.length === 0);
  if (silent)
    throw new Error(`The adapter's clock ran backwards at every try of ${cutName(silent.cut)}; tune again.`);
  const tried = trials.map(({ cut, times, sameBits }): Tried => {
    const ms = quantile(times, 0.5);
    const toUsual = cut === first!.cut ? undefined : ratioOfMedians(first!.times, times);
    return { name: cutName(cut), cut, ms, times, gflops: flopsOf(record) / ms / 1e6, toUsual, sameBits };
  });
  const faster = tried.filter(
    ({ toUsual, sameBits }) => sameBits && toUsual && toUsual.ratio < 1 && isReal(toUsual),
  );
  const best = faster.reduce((least, one) => (one.ms < least.ms ? one : least), tried[0]!);
  return {
    product,
    shape,
    shapeClass: shapeClass(product, shape),
    tried,
    usual: tried[0]!.name,
    taken: best.name,
  };
}

/** From now on this session lowers such products as they were tuned; where the usual cut was taken, nothing is said. */
export function useTuned(device: Device, tuned: readonly TunedProduct[]): void {
  forgetCuts(device);
  for (const { product, shape, tried, taken, usual } of tuned)
    if (taken !== usual) useCut(device, product, shape, tried.find(({ name }) => name === taken)!.cut);
}

/** What a record reads and writes, kept so that every cut finds the same. */
class Backup {
  private readonly kept: { readonly buffer: GPUBuffer; readonly copy: GPUBuffer }[];

  constructor(
    private readonly device: Device,
    private readonly memory: Memory,
    private readonly record: ScheduleRecord,
  ) {
    const names = [...new Set(Object.values(record.bind).map(({ name }) => name))];
    this.kept = names.map((name) => {
      const buffer = memory.buffer(name);
      const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
      const copy = device.gpu.createBuffer({ label: `${name} kept`, size: buffer.size, usage });
      return { buffer, copy };
    });
    this.copyAll(({ buffer, copy }) => [buffer, copy]);
  }

  restore(): void {
    this.copyAll(({ buffer, copy }) => [copy, buffer]);
  }

  private copyAll(way: (one: Backup["kept"][number]) => [GPUBuffer, GPUBuffer]): void {
    const encoder = this.device.gpu.createCommandEncoder();
    for (const one of this.kept) {
      const [from, to] = way(one);
      encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
    }
    this.device.gpu.queue.submit([encoder.finish()]);
  }

  /** The words of all fields that the record writes. */
  readWritten(): Promise<Uint32Array[]> {
    return Promise.all(
      this.record.writes.map(async ({ field }) => {
        const bytes = await this.device.readBuffer(this.memory.buffer(field.name), byteLength(field));
        return new Uint32Array(bytes);
      }),
    );
  }

  destroy(): void {
    for (const { copy } of this.kept) copy.destroy();
  }
}

const sameWords = (a: readonly Uint32Array[], b: readonly Uint32Array[]): boolean =>
  a.every((words, at) => words.every((word, index) => word === b[at]![index]));

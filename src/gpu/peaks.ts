/**
 * Peaks: what an adapter can do at its best, measured, not looked up; a profile is set against them (the roofline of
 * Williams, Waterman & Patterson 2009, with a third roof for the cost of a dispatch).
 *
 * The roof of arithmetic is the faster of two: chains of fma that touch no memory, and the engine's own product of a
 * friendly shape where one is given. The first alone could be beaten by a kernel that the compiler likes better; the
 * second alone would call an engine perfect that is merely as slow everywhere.
 */
import type { Device } from "./device";
import type { Field } from "./field";
import { type KernelSpec, kernelFor } from "./kernel";
import { spread } from "./lower";
import { Memory } from "./memory";
import { encodeRecords, type Runner } from "./runner";
import { flopsOf } from "./schedule";
import { type Clock, mostRepeats, quantile, repeatsToFill, Stopwatch } from "./stopwatch";

export interface Peaks {
  readonly clock: Clock;
  /** Fused multiply-adds in registers, GFLOP/s. */
  readonly fma: number;
  /** The engine's own product of a friendly shape, GFLOP/s, where one was given. */
  readonly product: number | undefined;
  /** Bytes read and written by a copy of a buffer of `copyBytes`, GB/s. */
  readonly copy: number;
  readonly copyBytes: number;
  /** A dispatch that does nothing and waits for the one before, µs. */
  readonly dispatch: number;
}

/** The better of two measurements of one adapter, roof by roof: whatever else the machine does only slows it down. */
export function bestOf(a: Peaks, b: Peaks): Peaks {
  const products = [a.product, b.product].filter((product) => product !== undefined);
  return {
    ...b,
    fma: Math.max(a.fma, b.fma),
    product: products.length > 0 ? Math.max(...products) : undefined,
    copy: Math.max(a.copy, b.copy),
    dispatch: Math.min(a.dispatch, b.dispatch),
  };
}

/** What keeps a kernel from being faster: arithmetic, memory traffic, or the dispatches themselves. */
export type Roof = "compute" | "copy" | "dispatch";

/** The roof that binds some work, and the ms that it would take under it. */
export function bindingRoof(
  work: { readonly flops: number; readonly bytes: number; readonly dispatches: number },
  peaks: Peaks,
): { readonly roof: Roof; readonly ms: number } {
  const roofs: { readonly roof: Roof; readonly ms: number }[] = [
    { roof: "compute", ms: work.flops / (Math.max(peaks.fma, peaks.product ?? 0) * 1e6) },
    { roof: "copy", ms: work.bytes / (peaks.copy * 1e6) },
    { roof: "dispatch", ms: (work.dispatches * peaks.dispatch) / 1e3 },
  ];
  return roofs.reduce((highest, roof) => (roof.ms > highest.ms ? roof : highest));
}

/** A probe is repeated to fill `minMs`, then timed anew until it has had its share of the time. */
const minMs = 10;
const rounds = 6;
const probeMs = 300;
const mebi = 2 ** 20;

/** Sizes for programs that play a GPU, and for GPUs: larger than the caches of either. */
const sizes = {
  software: { copyBytes: 32 * mebi, groups: 128 },
  hardware: { copyBytes: 256 * mebi, groups: 16_384 },
};
const fmaSizes = { CHAINS: 3, STRETCH: 8, TURNS: 128 };

/** @param product a schedule of one product in a shape that the engine likes, ready to run */
export async function measurePeaks(device: Device, product?: Runner): Promise<Peaks> {
  const { copyBytes: wished, groups } = sizes[device.facts.software ? "software" : "hardware"];
  const { maxBufferSize, maxStorageBufferBindingSize } = device.gpu.limits;
  const copyBytes = Math.min(
    wished,
    maxBufferSize,
    maxStorageBufferBindingSize,
    (device.memory ?? Infinity) / 4,
  );
  const count = Math.floor(copyBytes / 16);
  const memory = new Memory(device);
  const watch = new Stopwatch(device);
  try {
    const copySpec = { shader: "kernel/peak/copy", constants: { COUNT: count } };
    const copy = await probe(
      memory,
      copySpec,
      { source: count, destination: count },
      spread(Math.ceil(count / 256)),
    );
    const fmaSpec = { shader: "kernel/peak/fma", sizes: fmaSizes, unrolled: ["CHAINS", "STRETCH"] };
    const fma = await probe(memory, fmaSpec, { operand: 2, result: 64 * groups }, [groups, 1, 1]);
    const empty = await probe(memory, { shader: "kernel/peak/empty" }, { word: 1 }, [1, 1, 1]);
    memory.write("operand", Float32Array.of(0.999, 0.998, 0.997, 0.996, 0.1, 0.2, 0.3, 0.4));

    const fmaFlops = 64 * groups * 8 * fmaSizes.CHAINS * fmaSizes.STRETCH * fmaSizes.TURNS;
    const productFlops = product?.records.reduce((sum, { record }) => sum + flopsOf(record), 0) ?? 0;
    const productMs = product && (await least(watch, (pass) => encodeRecords(pass, product.records)));
    return {
      clock: watch.clock,
      fma: fmaFlops / (await least(watch, fma)) / 1e6,
      product: productMs && productFlops / productMs / 1e6,
      copy: (2 * 16 * count) / (await least(watch, copy)) / 1e6,
      copyBytes: 16 * count,
      dispatch: 1e3 * (await least(watch, empty)),
    };
  } finally {
    await device.settled();
    watch.destroy();
    memory.destroy();
  }
}

type Encode = (pass: GPUComputePassEncoder) => void;

/** A kernel on buffers of its own, given by name and number of vec4s. */
async function probe(
  memory: Memory,
  spec: KernelSpec,
  vec4s: Readonly<Record<string, number>>,
  workgroups: readonly [number, number, number],
): Promise<Encode> {
  const fields = Object.entries(vec4s).map(
    ([name, count]): Field => ({ name, site: "global", home: "", shape: [count, 4], type: "f32" }),
  );
  await memory.allocate(fields);
  const kernel = await kernelFor(memory.device, spec);
  const group = kernel.bind(Object.fromEntries(fields.map(({ name }) => [name, memory.buffer(name)])));
  return (pass) => {
    pass.setPipeline(kernel.pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(...workgroups);
  };
}

/** The least ms of one among several rounds: whatever else the machine does only adds. */
async function least(watch: Stopwatch, encode: Encode): Promise<number> {
  const repeated = (pass: GPUComputePassEncoder, repeats: number) => {
    for (let i = 0; i < repeats; i++) encode(pass);
  };
  await watch.once(encode); // the first run may compile, and touches fresh memory
  let repeats = await repeatsToFill(watch, repeated, minMs);
  const times: number[] = [];
  const begun = performance.now();
  for (let round = 0; round < rounds && performance.now() - begun < probeMs; round++) {
    const ms = await watch.once((pass) => repeated(pass, repeats));
    if (ms === undefined || ms <= 0) continue;
    times.push(ms / repeats);
    // What was slow while it was tried, on a busy machine, no longer fills its time.
    repeats = Math.min(mostRepeats, Math.max(repeats, Math.ceil(minMs / quantile(times, 0))));
  }
  if (times.length === 0) throw new Error("The adapter's clock ran backwards in every round; measure again.");
  return quantile(times, 0);
}

/**
 * Measures candidate tiles of the dense products, in interleaved rounds, on the adapter at hand. What is best here
 * belongs into `tileFor` (src/net/dense.ts).
 */
import { type Device, openDevice } from "../../src/gpu/device";
import type { Lowering } from "../../src/gpu/lower";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { flopsOf, recordsOf } from "../../src/gpu/schedule";
import { Builder } from "../../src/net/builder";
import { type Form, formFor, productDispatches, type Tile, tileFor } from "../../src/net/dense";
import { network } from "../../src/net/network";
import { candidates, tileName } from "../../src/net/tiles";

export const products = ["project", "transport", "correlate"] as const;
export type Product = (typeof products)[number];

export const shapes: readonly (readonly [pre: number, post: number])[] = [
  [784, 256],
  [256, 10],
  [784, 512],
  [512, 10],
  [784, 1024],
  [1024, 1024],
  [1024, 10],
];

export { candidates, tileName };

export interface TileResult {
  readonly product: Product;
  readonly shape: readonly [number, number];
  /** The tile that the engine takes for this shape here; none where its form has fixed blocks. */
  readonly inUse: string;
  /** GFLOP/s of the best round: whatever else a machine does can only slow a kernel down. */
  readonly tiles: readonly { readonly name: string; readonly best: number }[];
}

interface Entry {
  readonly name: string;
  readonly runner: Runner;
  readonly gigaflops: number[];
  readonly gigaflop: number;
  times: number;
}

const batch = 128;
const turnMs = 100;

/** One product in every candidate tile. */
export async function measureTiles(
  gpu: GPU,
  product: Product,
  shape: readonly [number, number],
  rounds: number,
): Promise<TileResult> {
  const device = await openDevice(gpu);
  try {
    const memory = new Memory(device);
    const form = formFor(device);
    const chosen = tileFor(product, { batch, pre: shape[0], post: shape[1] }, device.facts.name);
    const cuts: [string, Form, Tile][] = candidates.map((tile) => [
      tileName(tile),
      form === "block" ? "quad" : form,
      tile,
    ]);
    if (form === "block") cuts.unshift(["block", "block", chosen]);
    else if (!cuts.some(([name]) => name === tileName(chosen))) cuts.push([tileName(chosen), form, chosen]);
    const entries: Entry[] = [];
    for (const cut of cuts) entries.push(await enter(device, memory, product, shape, cut));
    for (let round = 0; round < rounds; round++)
      for (let seat = 0; seat < entries.length; seat++) {
        const entry = entries[(round + seat) % entries.length]!;
        const ms = await timed(device, entry.runner, entry.times);
        entry.gigaflops.push((entry.gigaflop * entry.times) / (ms / 1000));
      }
    const tiles = entries.map(({ name, gigaflops }) => ({ name, best: Math.max(...gigaflops) }));
    return { product, shape, inUse: form === "block" ? "block" : tileName(chosen), tiles };
  } finally {
    device.destroy();
  }
}

/** A schedule of the one product, lowered as told, compiled, and run to find how often it fits into a turn. */
async function enter(
  device: Device,
  memory: Memory,
  product: Product,
  [pre, post]: readonly [number, number],
  [name, form, tile]: [string, Form, Tile],
): Promise<Entry> {
  const net = network({ layers: [1, pre, post], batch });
  const step = new Builder(net, "sgd", 1);
  const [, projection] = net.projections;
  if (product === "project") step.project(projection!);
  if (product === "transport") step.transport(projection!.weight, projection!.post.error, projection!.pre);
  if (product === "correlate")
    step.correlate(projection!.pre.activity, projection!.post.error, projection!.weight, 2);
  const lowering: Lowering = (record) => productDispatches(product, record, form, tile);
  const runner = await Runner.create(device, memory, step.schedule, { [`dense/${product}`]: lowering });
  await timed(device, runner, 1); // compiles what the driver compiles late
  const once = (await timed(device, runner, 3)) / 3;
  const gigaflop = flopsOf(recordsOf(step.schedule)[0]!) / 1e9;
  return { name, runner, gigaflops: [], gigaflop, times: Math.max(1, Math.round(turnMs / once)) };
}

async function timed(device: Device, runner: Runner, times: number): Promise<number> {
  const start = performance.now();
  runner.run(times);
  await device.settled();
  return performance.now() - start;
}

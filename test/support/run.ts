/** Runs what a builder writes, with buffers filled by the test. */
import type { Device } from "../../src/gpu/device";
import { byteLength, rowStride } from "../../src/gpu/field";
import type { Lowering } from "../../src/gpu/lower";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { Builder } from "../../src/net/builder";
import { type Form, formFor, lowerings, productDispatches, type Tile } from "../../src/net/dense";
import type { Network } from "../../src/net/network";
import { settingValues, type Values } from "../../src/net/optimiser";
import type { Change } from "../../src/net/synapses";

/** Numbers that make every term of every optimiser count; ε is large, so that Adam does not magnify rounding. */
export const livelyValues = {
  rate: 0.03,
  decay: 0.2,
  momentum: 0.8,
  variance: 0.95,
  epsilon: 0.1,
  anneal: 40,
  mirror: 0.1,
  gamma: 0.3,
  outputVariance: 1.5,
  beta: 0.4,
  pace: 0.3,
  layerRatio: 0.7,
  threshold: 0.9,
  peer: 0.2,
  readoutRate: 0.04,
  hiddenRate: 0.05,
  exploration: 0.1,
  noise: 0.3,
  memory: 7,
  trace: 0.6,
  sliding: 0.2,
  radius: 0.5,
  power: 2.5,
  inhibition: 0.4,
  temperature: 0.4,
  losers: -0.3,
} as const;

const products = ["project", "transport", "correlate"] as const;

/** Lowerings of the dense products in a form and tile of the test's choice; small tiles compile fast. */
export function lowerWith(
  form?: Form,
  tile: Tile = { rows: 4, columns4: 1, threads: 4 },
): Record<string, Lowering> {
  return Object.fromEntries(
    products.map((product) => [
      `dense/${product}`,
      (record, target) => productDispatches(product, record, form ?? formFor(target), tile),
    ]),
  );
}

export interface Ready {
  readonly step: Builder;
  readonly memory: Memory;
  readonly runner: Runner;
}

export async function ready(
  device: Device,
  net: Network,
  write: (step: Builder) => void,
  options: { change?: Change; seed?: number; values?: Values; lowerings?: Record<string, Lowering> } = {},
): Promise<Ready> {
  const step = new Builder(net, options.change ?? "sgd", options.seed ?? 1);
  write(step);
  const memory = new Memory(device);
  const runner = await Runner.create(
    device,
    memory,
    step.schedule,
    options.lowerings ?? lowerings,
    options.seed ?? 1,
  );
  for (const [name, source] of step.settings)
    memory.write(name, settingValues(source, options.values ?? livelyValues));
  return { step, memory, runner };
}

/** How many values in the pads of a field's rows are not zero. */
export async function dirtyPads(device: Device, memory: Memory, name: string): Promise<number> {
  const field = memory.field(name);
  const words = new Uint32Array(await device.readBuffer(memory.buffer(name), byteLength(field)));
  const [stride, columns] = [rowStride(field), field.shape.at(-1)!];
  return words.filter((word, at) => at % stride >= columns && word !== 0).length;
}

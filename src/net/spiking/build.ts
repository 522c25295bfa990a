/**
 * Build: draws a network's synapses on the GPU. Counted first, so that what can't fit is refused with its size and the
 * scale of the fixed-point sums follows from the worst fan-in; then filled in.
 */
import type { Device } from "../../gpu/device";
import type { Field } from "../../gpu/field";
import { Memory, refuseTooLarge } from "../../gpu/memory";
import { Runner } from "../../gpu/runner";
import { buildRecord, fieldsFor, type Lengths, type SpikingFields } from "./kernels";
import type { Layout, PlacedProjection } from "./layout";
import { initialState } from "./numbers";
import { type KernelOptions, makePlan, type Plan } from "./plan";
import { listedSynapses, startsOf } from "./rows";
import { none } from "./tables";

/** The largest sum that is left to the fixed-point accumulators; the rest of i32 is headroom for background rounding. */
const largestSum = 2 ** 30;

const nothing: Lengths = { rows: 0, synapses: 0, weights: 0 };

export interface Built {
  readonly memory: Memory;
  readonly plan: Plan;
  readonly fields: SpikingFields;
  readonly synapses: number;
  /** Where each neuron's row of synapses starts, procedural ones counted too, and where the last ends. */
  readonly starts: ReadonlyMap<PlacedProjection, Uint32Array>;
  /** Bytes of everything on the GPU. */
  readonly bytes: number;
}

/**
 * Makes the network's arrays.
 * @throws TooLargeError with the bytes, before the synapses are allocated; Error where weights can't share a fixed-point scale
 */
export async function buildNetwork(device: Device, layout: Layout, options: KernelOptions): Promise<Built> {
  const { state, arriving, events } = fieldsFor(layout, makePlan(layout, options), options, nothing);
  refuseTooLarge(device, [state, arriving, events]);
  const counts = await countSynapses(device, layout, options);
  let [synapses, weights] = [0, 0];
  const starts = new Map<PlacedProjection, Uint32Array>();
  const fanIn = new Map<PlacedProjection, number>();
  for (const one of layout.projections) {
    const { row, spec } = one;
    const own = startsOf(one, counts);
    starts.set(one, own.starts);
    fanIn.set(one, own.fanIn);
    row.count = own.starts.at(-1)!;
    if (row.storage === 1) continue;
    row.synapses = synapses;
    synapses += row.count;
    if (one.plastic) {
      row.columnEntries = synapses;
      synapses += 2 * row.count;
    }
    const variables = one.plastic ? 1 + Object.keys(one.plastic.model.state ?? {}).length : 1;
    if (!one.plastic && typeof spec.weight === "number") continue;
    row.weights = weights;
    weights += row.count * variables;
  }
  scale(layout, fanIn);

  const plan = makePlan(layout, options);
  const fields = fieldsFor(layout, plan, options, { rows: layout.rows, synapses, weights });
  const memory = new Memory(device);
  try {
    await memory.allocate(Object.values(fields));
    memory.write(fields.plan.name, plan.words);
    memory.write(fields.numbers.name, Float32Array.from(layout.numbers));
    const state = new Float32Array(fields.state.shape[0]!);
    state.set(initialState(layout));
    memory.write(fields.state.name, state);
    const rows = new Uint32Array(Math.max(1, layout.rows));
    for (const [{ row, delays }, own] of starts)
      if (row.storage === 0)
        for (let k = 0; k < own.length; k++) rows[row.rows + k * delays.length] = own[k]!;
    memory.write(fields.rows.name, rows);
    await fill(device, layout, memory, fields, plan);
    await finishRows(layout, memory, fields, rows);
  } catch (error) {
    memory.destroy();
    throw error;
  }
  const total = layout.projections.reduce((sum, { row }) => sum + row.count, 0);
  return { memory, plan, fields, synapses: total, starts, bytes: memory.bytes };
}

/** How many synapses each row and each post neuron of every drawn projection has. */
async function countSynapses(device: Device, layout: Layout, options: KernelOptions): Promise<Uint32Array> {
  const plan = makePlan(layout, options);
  const memory = new Memory(device);
  const { plan: words, numbers } = fieldsFor(layout, plan, options, nothing);
  const counts: Field = {
    name: "spiking/counts",
    site: "neuron",
    home: "spiking",
    shape: [Math.max(1, layout.counts)],
    type: "u32",
  };
  try {
    await memory.allocate([words, numbers, counts]);
    memory.write(words.name, plan.words);
    if (layout.numbers.length > 0) memory.write(numbers.name, Float32Array.from(layout.numbers));
    const schedule = buildRecord("count", layout, plan, { plan: words, numbers, counts });
    const runner = await Runner.create(device, memory, schedule, {});
    runner.runInSlices(1);
    const values = await memory.read<Uint32Array>(counts.name);
    runner.destroy();
    return values;
  } finally {
    memory.destroy();
  }
}

/** The scale of each port: a power of two, so large that no step's sum can leave i32. */
function scale(layout: Layout, fanIn: ReadonlyMap<PlacedProjection, number>): void {
  for (const { spec, row, form } of layout.populations)
    form.model.ports.forEach((port, index) => {
      const cells = row.cells + index * row.size;
      const reaching = layout.projections.filter((one) => one.row.cells === cells);
      const worst = reaching.reduce((sum, one) => sum + fanIn.get(one)! * one.heaviest, 0);
      const exponent = worst > 0 ? Math.floor(Math.log2(largestSum / worst)) : 0;
      for (const one of reaching) {
        const { weight, connect } = one.spec;
        const least = typeof weight === "number" && !one.plastic ? Math.abs(weight) : one.heaviest;
        if (!Number.isFinite(worst) || (worst > 0 && least > 0 && least * 2 ** exponent < 2 ** 6))
          throw new Error(
            `Projection "${one.name}" (${connect.kind}): weights of ${least} can't be summed beside ${worst} that may reach port "${port}" of "${spec.name}" in one step, since a fixed-point sum of 32 bits holds both to six bits at the least; scale the weights or split the port.`,
          );
        one.row.scale = 2 ** exponent;
      }
      layout.numbers[row.numbers + index] = 2 ** -exponent;
    });
}

async function fill(
  device: Device,
  layout: Layout,
  memory: Memory,
  fields: SpikingFields,
  plan: Plan,
): Promise<void> {
  const work = new Memory(device, memory);
  const counts: Field = { ...fields.rows, name: "spiking/counts", shape: [Math.max(1, layout.counts)] };
  const { plan: words, numbers, rows, synapses, weights } = fields;
  try {
    for (const kernel of ["fill", "sort"] as const) {
      const bind = { plan: words, rows, synapses, weights, ...(kernel === "fill" && { numbers, counts }) };
      const runner = await Runner.create(device, work, buildRecord(kernel, layout, plan, bind), {});
      runner.runInSlices(1);
      runner.destroy();
    }
    await device.settled();
  } finally {
    work.destroy();
  }
}

/** What the host adds: lists, where each delay starts in a row, synapses by post neuron, and a rule's own state. */
async function finishRows(
  layout: Layout,
  memory: Memory,
  fields: SpikingFields,
  rows: Uint32Array,
): Promise<void> {
  const { gpu } = memory.device;
  const write = (field: Field, at: number, values: Uint32Array | Float32Array) => {
    if (values.length > 0)
      gpu.queue.writeBuffer(memory.buffer(field.name), 4 * at, values as Uint32Array<ArrayBuffer>);
  };
  for (const one of layout.projections) {
    const { row, spec, plastic, delays } = one;
    if (row.storage === 1 || row.count === 0) continue;
    if (spec.connect.kind === "list") {
      const { words, weights } = listedSynapses(one, layout.network.dt, layout.network.seed);
      write(fields.synapses, row.synapses, words);
      if (row.weights !== none) write(fields.weights, row.weights, weights);
    }
    Object.values(plastic?.model.state ?? {}).forEach((start, index) => {
      write(fields.weights, row.weights + (index + 1) * row.count, new Float32Array(row.count).fill(start));
    });
    if (!plastic) continue;
    const buffer = memory.buffer(fields.synapses.name);
    const words = new Uint32Array(await memory.device.readBuffer(buffer, 4 * row.count, 4 * row.synapses));
    const { starts, entries } = await columnsOf(one, rows, words, delays);
    rows.set(starts, row.columns);
    write(fields.synapses, row.columnEntries, entries);
  }
  memory.write(fields.rows.name, rows);
}

/** Synapses that the host sorts before it lets others have their turn: a page answers while a large network is made. */
const atOnce = 2 ** 19;

const othersTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Synapses by post neuron, in the order of the rows; on the way, where each delay starts in each row. */
async function columnsOf(
  { row }: PlacedProjection,
  rows: Uint32Array,
  words: Uint32Array,
  delays: readonly number[],
): Promise<{ starts: Uint32Array; entries: Uint32Array }> {
  const starts = new Uint32Array(row.postSize + 1);
  for (let first = 0; first < words.length; first += atOnce) {
    for (const word of words.subarray(first, first + atOnce)) starts[(word & 0xffffff) + 1]!++;
    await othersTurn();
  }
  for (let post = 0; post < row.postSize; post++) starts[post + 1]! += starts[post]!;
  const next = starts.slice();
  const entries = new Uint32Array(2 * row.count);
  let sorted = 0;
  for (let pre = 0; pre < row.preSize; pre++) {
    const at = row.rows + pre * delays.length;
    const last = rows[at + delays.length]!;
    if (last - sorted > atOnce) {
      sorted = last;
      await othersTurn();
    }
    let delay = 0;
    for (let s = rows[at]!; s < last; s++) {
      while (delays[delay]! < words[s]! >>> 24) rows[at + ++delay] = s;
      const place = next[words[s]! & 0xffffff]!++;
      entries[2 * place] = s;
      entries[2 * place + 1] = pre;
    }
    while (delay < delays.length - 1) rows[at + ++delay] = last;
  }
  return { starts, entries };
}

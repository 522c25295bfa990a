/**
 * Kernels of a spiking network: the text and the constants generated for it, the fields that they share, and the records
 * of one step. The logical schedule, which the audit reads, is in `schedule.ts`; this is what it is lowered to.
 */
import type { Field } from "../../gpu/field";
import { type Dispatch, type Lowering, lowerPlain } from "../../gpu/lower";
import type { Repeat, ScheduleRecord } from "../../gpu/schedule";
import type { Slot } from "../../gpu/shader";
import { formSlots } from "./forms";
import type { Layout } from "./layout";
import { buildRuns, type KernelOptions, type Plan } from "./plan";
import { none, populationWords, projectionWords, tableText } from "./tables";
import { traceNumbers } from "./trace";

/** The first words of `events`, before the counts (shaders/spiking/bindings.wgsl). */
export const eventWords = { recorded: 0, overflows: 1, sickStep: 2, sickNeuron: 3, counts: 16 } as const;

/** Sizes of the arrays behind the fields. */
export interface Lengths {
  readonly rows: number;
  readonly synapses: number;
  readonly weights: number;
}

/** Every field of a running network by the name that WGSL gives it. */
export function fieldsFor(layout: Layout, plan: Plan, options: KernelOptions, lengths: Lengths) {
  const field = (what: string, length: number, type: Field["type"], site: Field["site"]): Field => ({
    name: `spiking/${what}`,
    site,
    home: "spiking",
    shape: [Math.max(1, length)],
    type,
  });
  return {
    plan: field("plan", plan.words.length, "u32", "global"),
    numbers: field("numbers", layout.numbers.length, "f32", "global"),
    state: field("state", layout.state + options.probes.length * options.steps, "f32", "neuron"),
    arriving: field("arriving", layout.slots * layout.cells, "u32", "neuron"),
    events: field("events", recordAt(layout) + 2 * options.recordRoom, "u32", "neuron"),
    rows: field("rows", lengths.rows, "u32", "synapse"),
    synapses: field("synapses", lengths.synapses, "u32", "synapse"),
    weights: field("weights", lengths.weights, "f32", "synapse"),
    submitted: { ...field("submitted", 4, "u32", "global"), role: "setting" as const },
  };
}

export type SpikingFields = ReturnType<typeof fieldsFor>;

const firedAt = (layout: Layout) => eventWords.counts + layout.neurons;

/** Where the list of spikes for the host starts in `events`. */
export function recordAt(layout: Layout): number {
  return firedAt(layout) + layout.traceSlots * layout.firedStride;
}

/** What is generated for the network: constants, tables, models. */
export function networkSlots(layout: Layout, plan: Plan, options: KernelOptions): Record<string, Slot> {
  const constants: Record<string, number> = {
    ...plan.sizes,
    POPULATIONS: layout.populations.length,
    WIDTH: options.width,
    WINDOW: layout.stride,
    SLOTS: layout.slots,
    CELLS: layout.cells,
    TRACE_SLOTS: layout.traceSlots,
    TRACE_NUMBERS: traceNumbers,
    FIRED: firedAt(layout),
    FIRED_SLOTS: layout.traceSlots,
    FIRED_STRIDE: layout.firedStride,
    RECORD: recordAt(layout),
    RECORD_ROOM: options.recordRoom,
    PROBES: options.probes.length,
    PROBED: layout.state,
    DOPAMINE_NUMBERS: layout.dopamineNumbers,
  };
  // What a network has none of is left out when the kernel is compiled.
  const outgoing = layout.projections.filter(({ plastic }) => !plastic);
  const flags: Record<string, boolean> = {
    PROCEDURAL: outgoing.some(({ row }) => row.storage === 1),
    DRAWN_WEIGHTS: outgoing.some(({ row }) => row.weights !== none),
    RELEASES: outgoing.some(({ row }) => row.release !== none),
    TRACES: layout.populations.some(({ row }) => row.traceCount > 0),
    FOLLOWS: layout.followed.length > 0,
    CONDITIONS: layout.populations.some(({ row }) => row.conditions > 0),
    LISTS: layout.firedStride > 0,
  };
  const lines = Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;`);
  lines.push(...Object.entries(flags).map(([name, value]) => `const ${name} = ${value};`));
  const tables = [
    tableText("Population", "population", populationWords, "PLAN_POPULATIONS"),
    tableText("Projection", "projection", projectionWords, "PLAN_PROJECTIONS"),
  ];
  return {
    NETWORK: { name: "network", text: [...lines, ...tables].join("\n") },
    SPREAD: `spiking/spread/${options.subgroups ? "subgroup" : "alone"}`,
    ...formSlots(layout.neuronForms, layout.plasticForms),
  };
}

const record = (
  kernel: string,
  verb: ScheduleRecord["verb"],
  bind: Readonly<Record<string, Field>>,
  slots: Record<string, Slot>,
  groups: number,
): ScheduleRecord => ({
  verb,
  kernel: `spiking/${kernel}`,
  bind,
  writes: [],
  layer: 0,
  phase: "",
  slots,
  groups,
});

/** One step of the network, `steps` times; or all of them in one dispatch of one workgroup. */
export function stepRecords(
  layout: Layout,
  plan: Plan,
  fields: SpikingFields,
  options: KernelOptions,
  whole: boolean,
): readonly [Repeat] {
  const slots = networkSlots(layout, plan, options);
  const one = (kernel: string, verb: ScheduleRecord["verb"], groups: number) =>
    record(kernel, verb, fields, slots, groups);
  if (whole) return [{ repeat: 1, index: "step", body: [one("whole", "local", 1)] }];
  const body: ScheduleRecord[] = [one("advance", "local", plan.blocks)];
  const has = (event: string) =>
    layout.plasticForms.some(({ model }) => (model.events as readonly string[]).includes(event));
  if (layout.firedStride > 0) body.push(one("arrive", "project", options.groups));
  if (has("fire")) body.push(one("fire", "correlate", options.groups));
  if (has("sweep")) body.push(one("sweep", "correlate", options.groups));
  // Where a dispatch takes several steps, each neuron writes down its own.
  if (options.probes.length > 0 && layout.stride === 1) body.push(one("probe", "pool", 1));
  return [{ repeat: Math.ceil(options.steps / layout.stride), index: "step", body }];
}

/** The build's dispatches: `counts` first, then `fill` and `sort`. */
export function buildRecord(
  kernel: "count" | "fill" | "sort",
  layout: Layout,
  plan: Plan,
  bind: Readonly<Record<string, Field>>,
): readonly [Repeat] | readonly [] {
  const which = { count: plan.drawn, fill: plan.stored, sort: plan.sorted }[kernel];
  if (which.length === 0) return [];
  const widest = which.reduce((most, p) => {
    const { preSize, postSize } = layout.projections[p]!.row;
    return Math.max(most, preSize, postSize);
  }, 0);
  const body = [record(kernel, "local", bind, projectionTable(), Math.ceil(widest / 64))];
  return [{ repeat: which.length, index: "projection", body }];
}

/** Projections as kernels find them that serve every network. */
function projectionTable(): Record<string, Slot> {
  const text = tableText("Projection", "projection", projectionWords, `plan[${buildRuns.length - 1}]`);
  return { TABLE: { name: "table", text } };
}

/** Scales the weights onto each post neuron of the plastic projection that `submitted` names. */
export function normaliseRecord(layout: Layout, fields: SpikingFields): readonly [ScheduleRecord] {
  const { plan, rows, synapses, weights, submitted } = fields;
  const most = layout.projections.reduce(
    (all, { row, plastic }) => Math.max(all, plastic ? row.postSize : 0),
    1,
  );
  const bind = { plan, rows, synapses, weights, submitted };
  return [record("normalise", "correlate", bind, projectionTable(), Math.ceil(most / 64))];
}

/** Kernels in which a neuron that fires may have its subgroup's help. */
export const spikingLowerings: Readonly<Record<string, Lowering>> = Object.fromEntries(
  ["spiking/advance", "spiking/whole"].map((kernel) => [
    kernel,
    (record: ScheduleRecord): Dispatch[] =>
      lowerPlain(record).map((dispatch) => ({
        ...dispatch,
        kernel: {
          ...dispatch.kernel,
          ...(record.slots?.SPREAD === "spiking/spread/subgroup" && { subgroups: true, diverging: true }),
        },
      })),
  ]),
);

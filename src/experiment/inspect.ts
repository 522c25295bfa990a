/**
 * Inspect: what one synapse heard. The rule's training step runs on a single sample, a record at a time; right before each
 * record that moves the synapse's layer, every value that this record says it reads is read back at the synapse's own two neurons.
 */
import { audit, type Origin, type UpdateAudit } from "../audit/audit";
import type { Device } from "../gpu/device";
import { elementCount, type Field, type FieldData } from "../gpu/field";
import { Memory } from "../gpu/memory";
import { Runner } from "../gpu/runner";
import type { Read, ReadIndex, ScheduleRecord } from "../gpu/schedule";
import { Builder } from "../net/builder";
import { lowerings } from "../net/dense";
import { directionName, type SettingGroup, settingValues, type Values } from "../net/optimiser";
import type { Projection } from "../net/projection";
import { planTraining, type TrainerOptions } from "./plan";
import { resolveValues, writerOf } from "./rules";
import { learnedFields } from "./schedules";
import type { Trainer } from "./trainer";

/** Which synapse, by its layer (1 to L) and its two neurons; a pre of the layer's size is the bias. */
export interface SynapsePlace {
  readonly layer: number;
  readonly pre: number;
  readonly post: number;
}

/** One sample: [inputs], and its class. */
export interface Sample {
  readonly input: Float32Array;
  readonly label: number;
}

/** Where a network stands that has learned already. */
export interface Learned {
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly values: Values;
  /** By field name. */
  readonly fields: ReadonlyMap<string, FieldData>;
}

/** A value that an update read, as it was right before. */
export interface Heard {
  readonly field: string;
  readonly site: Field["site"];
  /** Where it was read: at the synapse, its pre neuron, its post neuron, or once for all. */
  readonly at: "synapse" | "pre" | "post" | "global";
  /** `layer` and `dendrite`: the update read others beside this one. */
  readonly index: ReadIndex;
  /** By the audit. */
  readonly origin: Origin;
  /** One number, or one for each row where a field holds several (two phases side by side). */
  readonly values: readonly number[];
}

/** One record that moves the weight. */
export interface SynapseUpdate {
  /** Place among the step's records, from 1, of how many. */
  readonly record: number;
  readonly records: number;
  readonly phase: string;
  readonly kernel: string;
  readonly heard: readonly Heard[];
  /** What the rule asked for before the optimiser made a step against it, as it would of a gradient; null where it can’t be told apart. */
  readonly direction: number | null;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** The optimiser's memory of the synapse, before and after. */
  readonly memory: { readonly before: readonly number[]; readonly after: readonly number[] } | null;
}

export interface Inspection {
  readonly rule: string;
  readonly weight: string;
  readonly layer: number;
  readonly pre: number;
  readonly post: number;
  /** True for the synapse of the neuron that always says 1. */
  readonly bias: boolean;
  readonly label: number;
  /** Training steps that the network had behind it. */
  readonly steps: number;
  /** The optimiser's numbers and the rule's. */
  readonly values: Values;
  readonly updates: readonly SynapseUpdate[];
  /** Sum of all updates; the optimiser's memory of earlier samples and its decay have their part in it. */
  readonly change: number;
  /** −rate · the sum of the directions: the step that this sample alone asks for. */
  readonly alone: number | null;
  readonly backprop: {
    /** The gradient of this sample's loss by the weight; null where the rule has no such loss for it. */
    readonly gradient: number | null;
    /** −rate · gradient: the step of plain gradient descent. */
    readonly asks: number | null;
    /** Whether this sample alone moves the weight the same way. */
    readonly agrees: "yes" | "no" | "neither moves" | null;
  };
  /** Lasting fields whose shape depends on the batch, and which therefore began afresh. */
  readonly fresh: readonly string[];
}

/**
 * @param options as for a trainer; the batch is 1 whatever it says
 * @param learned where the network stands; without it, at its start
 * @throws one sentence for a synapse or a layer that is not there, or an input of another size
 */
export async function inspectSynapse(
  device: Device,
  options: TrainerOptions,
  place: SynapsePlace,
  sample: Sample,
  learned?: Learned,
): Promise<Inspection> {
  checkPlace(options.layers, place);
  const plan = planTraining({ ...options, batch: 1 });
  const { rule, optimiser, net, step, seed } = plan;
  const values = resolveValues(rule, optimiser, { ...plan.values, ...learned?.values });
  const projection = net.projections[place.layer - 1]!;
  const writer = writerOf(rule, plan.options);
  const gradientStep = new Builder({ ...net, prefix: "gradient:" }, "written", seed, writer);
  rule.gradient(gradientStep);
  const askedStep = new Builder(net, "written", seed, writer);
  rule.write(askedStep);

  const memory = new Memory(device);
  const runners: Runner[] = [];
  try {
    const ready = async (schedule: Parameters<typeof Runner.create>[2]) => {
      const runner = await Runner.create(device, memory, schedule, lowerings, seed);
      runners.push(runner);
      return runner;
    };
    const training = await ready(step.schedule);
    const gradient = await ready(gradientStep.schedule);
    const asking = await ready(askedStep.schedule);
    const stepsPerEpoch = learned?.stepsPerEpoch ?? 1;
    const groups = new Map<string, SettingGroup>([
      ...step.settings,
      ...gradientStep.settings,
      ...askedStep.settings,
    ]);
    for (const [name, group] of groups) memory.write(name, settingValues(group, values, stepsPerEpoch));

    const initial = await initialFields(memory, learnedFields(step.schedule));
    const fresh: string[] = [];
    const restore = () => {
      fresh.length = 0;
      for (const [name, start] of initial) {
        const kept = learned?.fields.get(name);
        const fits = kept?.length === start.length;
        if (kept && !fits) fresh.push(name);
        memory.write(name, kept && fits ? kept : start);
      }
      memory.write(net.clock.name, Uint32Array.of(learned?.steps ?? 0));
      memory.write(net.populations[0]!.activity.name, sample.input);
      memory.write(net.target.name, Uint32Array.of(sample.label));
    };
    restore();
    gradient.run();
    const slope = await gradientAt(memory, projection, place);
    restore(); // what outlasts a step may have moved
    const directions = await followAsked(asking, memory, projection, place);
    restore();
    const updates = await follow(training, memory, step, projection, place, directions);

    const change = updates.reduce((sum, one) => sum + one.change, 0);
    const rate = rateAt(values, learned?.steps ?? 0, stepsPerEpoch);
    const asks = slope === null ? null : -rate * slope;
    const known = updates.flatMap(({ direction }) => direction ?? []);
    const alone = known.length < updates.length ? null : -rate * known.reduce((sum, one) => sum + one, 0);
    return {
      rule: rule.name,
      weight: projection.weight.name,
      ...place,
      bias: place.pre === projection.pre.size,
      label: sample.label,
      steps: learned?.steps ?? 0,
      values,
      updates,
      change,
      alone,
      backprop: { gradient: slope, asks, agrees: agreement(alone, asks) },
      fresh,
    };
  } finally {
    for (const runner of runners) runner.destroy();
    memory.destroy();
  }
}

/** What a trainer has learned, to be inspected while it goes on: all fields as they stand at this moment. */
export async function learnedBy(trainer: Trainer, stepsPerEpoch: number): Promise<Learned> {
  const { steps, values, learned } = trainer;
  const fields = await Promise.all(
    learned.map(async ({ name }) => [name, await trainer.read<FieldData>(name)] as const),
  );
  return { steps, stepsPerEpoch, values, fields: new Map(fields) };
}

/** @throws one sentence with the range */
export function checkPlace(layers: readonly number[], { layer, pre, post }: SynapsePlace): void {
  const whole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  const last = layers.length - 1;
  if (!whole(layer, 1, last))
    throw new Error(`The layer must be a whole number from 1 to ${last}, but got ${layer}.`);
  const [before = 0, own = 0] = [layers[layer - 1], layers[layer]];
  if (!whole(pre, 0, before))
    throw new Error(
      `The pre neuron of layer ${layer} must be a whole number from 0 to ${before - 1}, or ${before} for the bias, but got ${pre}.`,
    );
  if (!whole(post, 0, own - 1))
    throw new Error(
      `The post neuron of layer ${layer} must be a whole number from 0 to ${own - 1}, but got ${post}.`,
    );
}

async function initialFields(memory: Memory, fields: readonly Field[]): Promise<Map<string, FieldData>> {
  const all = await Promise.all(
    fields.map(async ({ name }) => [name, await memory.read<FieldData>(name)] as const),
  );
  return new Map(all);
}

async function gradientAt(
  memory: Memory,
  { weight }: Projection,
  place: SynapsePlace,
): Promise<number | null> {
  const name = directionName("gradient:", weight);
  return memory.names().includes(name) ? valueAt(await memory.read(name), weight, place) : null;
}

const valueAt = (data: FieldData, { shape }: Field, { pre, post }: SynapsePlace): number =>
  data[pre * shape[1]! + post]!;

/** What each update asks for, as the optimiser's form that only writes directions out has it. */
async function followAsked(
  runner: Runner,
  memory: Memory,
  { weight }: Projection,
  place: SynapsePlace,
): Promise<number[]> {
  const name = directionName("", weight);
  const asked: number[] = [];
  let ran = 0;
  for (const [at, { record }] of runner.records.entries()) {
    if (!record.writes.some(({ field }) => field.name === name)) continue;
    runner.runPart(ran, at + 1);
    ran = at + 1;
    asked.push(valueAt(await memory.read(name), weight, place));
  }
  return asked;
}

/** Runs the step, and stops before and after each update of the weight. */
async function follow(
  runner: Runner,
  memory: Memory,
  { schedule }: Builder,
  projection: Projection,
  place: SynapsePlace,
  directions: readonly number[],
): Promise<SynapseUpdate[]> {
  const { weight } = projection;
  const audits = audit(schedule).filter((one) => one.weight === weight.name);
  const updates: SynapseUpdate[] = [];
  let ran = 0;
  for (const [at, { record }] of runner.records.entries()) {
    if (!moves(record, weight)) continue;
    if (at > ran) runner.runPart(ran, at);
    const before = await look(memory, record, projection, place, audits[updates.length]);
    runner.runPart(at, at + 1);
    ran = at + 1;
    const after = await look(memory, record, projection, place, undefined);
    updates.push({
      record: at + 1,
      records: runner.records.length,
      phase: record.phase,
      kernel: record.kernel,
      heard: before.heard,
      direction: directions[updates.length] ?? null,
      before: before.weight,
      after: after.weight,
      change: after.weight - before.weight,
      memory: before.memory && after.memory && { before: before.memory, after: after.memory },
    });
  }
  return updates;
}

/** As the audit has it: a weight is moved by a correlate, or by what starts from the weight's own last value. */
function moves({ verb, writes }: ScheduleRecord, weight: Field): boolean {
  const write = writes.find(({ field }) => field.name === weight.name);
  if (!write) return false;
  return (
    verb === "correlate" ||
    write.from.some(({ field, index }) => field.name === weight.name && index === "own")
  );
}

/** The weight, the optimiser's memory of it, and every signal that the record reads for it. */
async function look(
  memory: Memory,
  record: ScheduleRecord,
  projection: Projection,
  place: SynapsePlace,
  audited: UpdateAudit | undefined,
) {
  const { weight } = projection;
  const read = new Map<string, Promise<FieldData>>();
  const dataOf = (field: Field) => {
    const data = read.get(field.name) ?? memory.read<FieldData>(field.name);
    read.set(field.name, data);
    return data;
  };
  const atSynapse = async (field: Field) => {
    const data = await dataOf(field);
    const size = weight.shape[0]! * weight.shape[1]!;
    const own = place.pre * weight.shape[1]! + place.post;
    return Array.from({ length: data.length / size }, (_, slice) => data[slice * size + own]!);
  };
  const from = record.writes.find(({ field }) => field.name === weight.name)!.from;
  const state = from.find(({ field }) => field.name === `${weight.name}.state`)?.field;
  const heard: Heard[] = [];
  for (const one of audited ? signalsOf(from, weight) : []) {
    const found = audited!.heard.find(({ field, index }) => field === one.field.name && index === one.index);
    const at = siteOf(one.field, record, projection);
    heard.push({
      field: one.field.name,
      site: one.field.site,
      at,
      index: one.index,
      origin: found?.origin ?? "own",
      values:
        at === "synapse"
          ? await atSynapse(one.field)
          : valuesAt(await dataOf(one.field), one.field, at, place),
    });
  }
  const [own = 0] = await atSynapse(weight);
  return { weight: own, memory: state ? await atSynapse(state) : null, heard };
}

/** The reads that carry a signal: not the weight, the optimiser's memory of it, or a setting. */
const signalsOf = (from: readonly Read[], weight: Field): Read[] =>
  from.filter(
    ({ field, index }) =>
      field.role !== "setting" &&
      !(index === "own" && (field.name === weight.name || field.name === `${weight.name}.state`)),
  );

function siteOf(field: Field, { bind }: ScheduleRecord, { pre, post, weight }: Projection): Heard["at"] {
  if (field.site === "global" || elementCount(field) === field.shape[0]) return "global";
  if (field.site === "synapse" && field.shape.slice(-2).join() === weight.shape.join()) return "synapse";
  const argument = Object.entries(bind).find(([, bound]) => bound.name === field.name)?.[0];
  if (argument?.startsWith("pre")) return "pre";
  return field.home === pre.name && field.home !== post.name ? "pre" : "post";
}

/** A field's values at a neuron, one for each row; the neuron behind the bias always says 1. */
function valuesAt(data: FieldData, { shape }: Field, at: Heard["at"], { pre, post }: SynapsePlace): number[] {
  if (at === "global") return Array.from(data.subarray(0, mostValues));
  const columns = shape.at(-1)!;
  const neuron = at === "pre" ? pre : post;
  return Array.from({ length: data.length / columns }, (_, row) =>
    neuron < columns ? data[row * columns + neuron]! : 1,
  );
}

/** Of a global field with more values than a person reads. */
const mostValues = 16;

/** As `rateNow` of shaders/lib/settings.wgsl has it. */
function rateAt({ rate = 0, anneal = 0 }: Values, steps: number, stepsPerEpoch: number): number {
  return anneal > 0 ? rate * Math.max(0, 1 - steps / Math.max(1, anneal * stepsPerEpoch)) : rate;
}

function agreement(alone: number | null, asks: number | null): Inspection["backprop"]["agrees"] {
  if (alone === null || asks === null) return null;
  if (alone === 0 && asks === 0) return "neither moves";
  return Math.sign(alone) === Math.sign(asks) ? "yes" : "no";
}

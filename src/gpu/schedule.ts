/**
 * Schedule: what a training step does, as plain data that needs no GPU to look at.
 *
 * A record is logical: one verb over named fields, with the reads that each of its writes depends on. `lower`
 * turns records into dispatches; the audit, the profiler and the timeline read records only.
 */
import { elementCount, type Field } from "./field";
import type { Slot } from "./shader";

/** The five verbs: activity up, signals down, plasticity, neuron dynamics, reduction over a population. */
export type Verb = "project" | "transport" | "correlate" | "local" | "pool";

/**
 * Which values of a field a write depends on, seen from the neuron or synapse written: its `own` (this synapse, its
 * pre neuron, its post neuron; for a plastic synapse the mean over a batch of what its own neurons held), those of the
 * other synapses of its post neuron (`dendrite`), of other neurons of a population (`layer`), or of other samples (`batch`).
 */
export type ReadIndex = "own" | "dendrite" | "layer" | "batch";

export interface Read {
  readonly field: Field;
  readonly index: ReadIndex;
}

export interface Write {
  readonly field: Field;
  readonly from: readonly Read[];
}

export interface ScheduleRecord {
  readonly verb: Verb;
  /** The operator's kernel, for example `dense/project`; a lowering is looked up by it. */
  readonly kernel: string;
  /** Fields by the names that the WGSL gives them. */
  readonly bind: Readonly<Record<string, Field>>;
  readonly writes: readonly Write[];
  /** The layer it works for: 0 is the input, L the output. */
  readonly layer: number;
  readonly phase: string;
  readonly slots?: Readonly<Record<string, Slot>>;
  readonly constants?: Readonly<Record<string, number>>;
  /** How many are needed, for kernels that have no lowering of their own: invocations, or whole workgroups. */
  readonly threads?: number;
  readonly groups?: number;
}

export interface Repeat {
  readonly repeat: number;
  readonly index: string;
  readonly body: Schedule;
}

export type Schedule = readonly (ScheduleRecord | Repeat)[];

export function isRepeat(item: ScheduleRecord | Repeat): item is Repeat {
  return "repeat" in item;
}

/** Every record in the order in which it runs, repeats unrolled, with the repeat's index. */
export function* unroll(
  schedule: Schedule,
  turn = 0,
): Generator<{ readonly record: ScheduleRecord; readonly turn: number }> {
  for (const item of schedule) {
    if (isRepeat(item)) for (let index = 0; index < item.repeat; index++) yield* unroll(item.body, index);
    else yield { record: item, turn };
  }
}

/** Every record as written, each once. */
export function recordsOf(schedule: Schedule): ScheduleRecord[] {
  return schedule.flatMap((item) => (isRepeat(item) ? recordsOf(item.body) : [item]));
}

/** Every field that a schedule touches, each once, in order of first use. */
export function fieldsOf(schedule: Schedule): Field[] {
  const fields = new Map<string, Field>();
  for (const record of recordsOf(schedule))
    for (const field of Object.values(record.bind))
      if (!fields.has(field.name)) fields.set(field.name, field);
  return [...fields.values()];
}

const rowsOf = ({ shape }: Field): number => shape[0] ?? 1;
const columnsOf = ({ shape }: Field): number => shape[1] ?? 1;

/**
 * How often a record multiplies two values and adds the product to a sum: in a matrix product, whatever its fields hold,
 * each row of the result with every column through every value between. For other records that work on synapses, once for
 * every synapse and sample. Biases are not counted, as is the custom.
 */
export function productsOf({ verb, kernel, bind }: ScheduleRecord): number {
  const { pre, post, error, result, weight } = bind;
  if (kernel === "dense/project") return rowsOf(pre!) * columnsOf(pre!) * columnsOf(post!);
  if (kernel === "dense/transport") return rowsOf(error!) * columnsOf(weight!) * columnsOf(result!);
  if (kernel === "dense/correlate") return rowsOf(pre!) * columnsOf(pre!) * columnsOf(error!);
  if (verb === "local" || verb === "pool") return 0;
  const synapses = Object.values(bind).find(({ site }) => site === "synapse");
  const neurons = Object.values(bind).find(({ site }) => site === "neuron");
  if (!synapses) return 0;
  return (rowsOf(synapses) - 1) * columnsOf(synapses) * (neurons ? rowsOf(neurons) : 1);
}

/**
 * Floating-point operations of a record, from its shapes: two for every product that is added to a sum, and where there are
 * none one for every value written. Bias, activation and optimiser arithmetic is not counted, as is the custom.
 */
export function flopsOf(record: ScheduleRecord): number {
  const products = productsOf(record);
  if (products > 0) return 2 * products;
  return record.verb === "local" || record.verb === "pool"
    ? record.writes.reduce((sum, { field }) => sum + elementCount(field), 0)
    : 0;
}

/**
 * Bytes that a record must move at the least: each field read once and each field written once; of a field that a
 * `local` record reads at its own place, no more values than it writes (a batch of the samples, not all of them).
 */
export function bytesOf(record: ScheduleRecord): number {
  const size = (field: Field, most = Number.POSITIVE_INFINITY) =>
    Math.min(most, elementCount(field)) * (field.type === "u8" ? 1 : 4);
  const reads = new Map(
    record.writes.flatMap(({ field: written, from }) =>
      from.map(({ field, index }) => {
        const atOwnPlace = record.verb === "local" && index === "own";
        return [field.name, size(field, atOwnPlace ? elementCount(written) : undefined)] as const;
      }),
    ),
  );
  const written = record.writes.reduce((sum, { field }) => sum + size(field), 0);
  return [...reads.values()].reduce((sum, bytes) => sum + bytes, written);
}

/**
 * Heard: the values that a record reads for one synapse, as they lie in a memory at the moment of asking. Every reading is
 * submitted at once and awaited later, so that a step which is followed record by record need not wait for any of them.
 */
import type { UpdateAudit } from "../audit/audit";
import { type Field, type FieldData, rowCount } from "../gpu/field";
import type { Memory } from "../gpu/memory";
import type { Read, ScheduleRecord } from "../gpu/schedule";
import { directionName } from "../net/optimiser";
import type { Projection } from "../net/projection";
import type { Heard, SynapsePlace } from "./inspection";

/** Of a global field with more values than a person reads. */
const mostValues = 16;

/** Looks at one synapse in one memory. */
export class Listener {
  constructor(
    private readonly memory: Memory,
    readonly projection: Projection,
    private readonly place: SynapsePlace,
  ) {}

  /** The weight as it stands. */
  async weight(): Promise<number> {
    return (await this.atSynapse(this.projection.weight))[0]!;
  }

  /** The optimiser's memory of the weight, where the record keeps one. */
  async optimiserMemory(record: ScheduleRecord): Promise<number[] | null> {
    const { weight } = this.projection;
    const state = readsFor(record, weight).find(({ field }) => field.name === `${weight.name}.state`);
    return state ? this.atSynapse(state.field) : null;
  }

  /** What was last written out as the direction for the weight; null where nothing writes one. */
  async direction(prefix: string): Promise<number | null> {
    const { weight } = this.projection;
    const name = directionName(prefix, weight);
    return this.memory.names().includes(name) ? (await this.atSynapse({ ...weight, name }))[0]! : null;
  }

  /** Every signal that the record reads to move the weight. */
  heard(record: ScheduleRecord, audited: UpdateAudit | undefined): Promise<Heard[]> {
    const { weight } = this.projection;
    return Promise.all(
      signalsOf(readsFor(record, weight), weight).map(async ({ field, index }) => {
        const found = audited?.heard.find((one) => one.field === field.name && one.index === index);
        const at = siteOf(field, record, this.projection);
        const values = at === "synapse" ? this.atSynapse(field) : this.atNeuron(field, at);
        return {
          field: field.name,
          site: field.site,
          at,
          index,
          origin: found?.origin ?? "own",
          carrier: found?.carrier ?? null,
          values: await values,
        };
      }),
    );
  }

  /** A synapse field's value at the synapse; one for each array where it stacks several. */
  private async atSynapse(field: Field): Promise<number[]> {
    const { pre, post } = this.place;
    const lines = this.projection.weight.shape[0]!;
    const rows = Array.from({ length: rowCount(field) / lines }, (_, slice) =>
      this.memory.readRow(field.name, slice * lines + pre),
    );
    return (await Promise.all(rows)).map((row) => row[post]!);
  }

  /** A field's values at a neuron, one for each row; the neuron behind the bias always says 1. */
  private async atNeuron({ name, shape }: Field, at: Heard["at"]): Promise<number[]> {
    const data = await this.memory.read<FieldData>(name);
    if (at === "global") return Array.from(data.subarray(0, mostValues));
    const columns = shape.at(-1)!;
    const neuron = at === "pre" ? this.place.pre : this.place.post;
    return Array.from({ length: data.length / columns }, (_, row) =>
      neuron < columns ? data[row * columns + neuron]! : 1,
    );
  }
}

const readsFor = ({ writes }: ScheduleRecord, weight: Field): readonly Read[] =>
  writes.find(({ field }) => field.name === weight.name)?.from ?? [];

/** The reads that carry a signal: not the weight, the optimiser's memory of it, or a setting. */
const signalsOf = (from: readonly Read[], weight: Field): Read[] =>
  from.filter(
    ({ field, index }) =>
      field.role !== "setting" &&
      !(index === "own" && (field.name === weight.name || field.name === `${weight.name}.state`)),
  );

function siteOf(field: Field, { bind }: ScheduleRecord, { pre, post, weight }: Projection): Heard["at"] {
  if (field.site === "synapse" && field.shape.slice(-2).join() === weight.shape.join()) return "synapse";
  const ofPre = field.home === pre.name && field.home !== post.name;
  // One value a sample belongs to the whole population, unless that has a single neuron.
  const single = (ofPre ? pre : post).size === 1;
  if (field.site === "global" || (!single && field.shape.slice(1).every((extent) => extent === 1)))
    return "global";
  const argument = Object.entries(bind).find(([, bound]) => bound.name === field.name)?.[0];
  return ofPre || argument?.startsWith("pre") ? "pre" : "post";
}

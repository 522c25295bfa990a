/** Follow: a training step taken record by record, with a look at one synapse before and after each record that moves it. */
import { audit } from "../audit/audit";
import type { Field } from "../gpu/field";
import type { Runner } from "../gpu/runner";
import type { Schedule, ScheduleRecord } from "../gpu/schedule";
import { directionName } from "../net/optimiser";
import type { Listener } from "./heard";
import type { SynapseUpdate } from "./inspection";

/** A training step, and the same step with every direction written out and no weight moved, on the same memory. */
export interface FollowedStep {
  readonly schedule: Schedule;
  readonly runner: Runner;
  readonly asking: Runner;
  /** The rate at which a record moves weights. */
  rateOf(record: ScheduleRecord): number;
}

/** Runs the step as far as its last update of the weight. Submits everything at once and resolves when all is read. */
export async function followUpdates(
  { schedule, runner, asking, rateOf }: FollowedStep,
  listener: Listener,
): Promise<SynapseUpdate[]> {
  const { weight } = listener.projection;
  const audits = audit(schedule).filter((one) => one.weight === weight.name);
  const directed = writersOf(asking, directionName("", weight));
  const updates: Promise<SynapseUpdate>[] = [];
  let ran = 0;
  for (const [at, { record }] of runner.records.entries()) {
    if (!moves(record, weight)) continue;
    if (at > ran) runner.runPart(ran, at);
    ran = at + 1;
    const heard = listener.heard(record, audits[updates.length]);
    const before = lookAt(listener, record);
    // Its twin that only writes the direction out reads the very same values, so it is run right here.
    const twin = record.verb === "correlate" ? directed.shift() : undefined;
    if (twin !== undefined) asking.runPart(twin, twin + 1);
    const direction = twin === undefined ? null : listener.direction("");
    runner.runPart(at, at + 1);
    const facts = {
      record: at + 1,
      records: runner.records.length,
      phase: record.phase,
      kernel: record.kernel,
      rate: rateOf(record),
    };
    updates.push(told(facts, heard, direction, before, lookAt(listener, record)));
  }
  return Promise.all(updates);
}

type Facts = Pick<SynapseUpdate, "record" | "records" | "phase" | "kernel" | "rate">;

async function told(
  facts: Facts,
  heard: Promise<SynapseUpdate["heard"]>,
  direction: Promise<number | null> | null,
  looksBefore: ReturnType<typeof lookAt>,
  looksAfter: ReturnType<typeof lookAt>,
): Promise<SynapseUpdate> {
  const [all, asked, old, now] = await Promise.all([heard, direction, looksBefore, looksAfter]);
  const memory = old.memory && now.memory && { before: old.memory, after: now.memory };
  const moved = { before: old.weight, after: now.weight, change: now.weight - old.weight };
  return { ...facts, heard: all, direction: asked, ...moved, memory };
}

/** The weight and the optimiser's memory of it, as they stand. */
async function lookAt(listener: Listener, record: ScheduleRecord) {
  const [weight, memory] = await Promise.all([listener.weight(), listener.optimiserMemory(record)]);
  return { weight, memory };
}

/** Places of the records that write a field. */
const writersOf = ({ records }: Runner, name: string): number[] =>
  records.flatMap(({ record }, at) => (record.writes.some(({ field }) => field.name === name) ? [at] : []));

/** As the audit has it: a weight is moved by a correlate, or by what starts from the weight's own last value. */
function moves({ verb, writes }: ScheduleRecord, weight: Field): boolean {
  const write = writes.find(({ field }) => field.name === weight.name);
  if (!write) return false;
  return (
    verb === "correlate" ||
    write.from.some(({ field, index }) => field.name === weight.name && index === "own")
  );
}

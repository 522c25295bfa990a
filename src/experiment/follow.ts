/** Follow: a training step taken record by record, with a look at one synapse before and after each record that moves it. */
import { audit } from "../audit/audit";
import type { Field } from "../gpu/field";
import type { Runner } from "../gpu/runner";
import type { Schedule, ScheduleRecord } from "../gpu/schedule";
import { directionName } from "../net/optimiser";
import type { Listener } from "./heard";
import type { SynapseUpdate } from "./inspection";

/** Runs the step to its last update of the weight. Submits everything at once and resolves when all is read. */
export async function followUpdates(
  runner: Runner,
  schedule: Schedule,
  listener: Listener,
): Promise<Omit<SynapseUpdate, "direction">[]> {
  const { weight } = listener.projection;
  const audits = audit(schedule).filter((one) => one.weight === weight.name);
  const updates: Promise<Omit<SynapseUpdate, "direction">>[] = [];
  runStopping(
    runner,
    (record) => moves(record, weight),
    (record, at, run) => {
      const look = () => [listener.weight(), listener.optimiserMemory(record)] as const;
      const heard = listener.heard(record, audits[updates.length]);
      const before = look();
      run();
      updates.push(told(record, at, runner.records.length, heard, before, look()));
    },
  );
  return Promise.all(updates);
}

type Look = readonly [weight: Promise<number>, memory: Promise<number[] | null>];

async function told(
  { phase, kernel }: ScheduleRecord,
  at: number,
  records: number,
  heard: Promise<SynapseUpdate["heard"]>,
  looksBefore: Look,
  looksAfter: Look,
): Promise<Omit<SynapseUpdate, "direction">> {
  const [all, [before, old], [after, kept]] = await Promise.all([
    heard,
    Promise.all(looksBefore),
    Promise.all(looksAfter),
  ]);
  const memory = old && kept && { before: old, after: kept };
  return {
    record: at + 1,
    records,
    phase,
    kernel,
    heard: all,
    before,
    after,
    change: after - before,
    memory,
  };
}

/** What each update asks for, as the optimiser's form that only writes directions out has it. */
export function followDirections(runner: Runner, listener: Listener): Promise<(number | null)[]> {
  const name = directionName("", listener.projection.weight);
  const asked: Promise<number | null>[] = [];
  runStopping(
    runner,
    ({ writes }) => writes.some(({ field }) => field.name === name),
    (_, __, run) => {
      run();
      asked.push(listener.direction(""));
    },
  );
  return Promise.all(asked);
}

/** Runs records in order as far as the last one that matters; each of those only when its visitor runs it. */
function runStopping(
  runner: Runner,
  matters: (record: ScheduleRecord) => boolean,
  visit: (record: ScheduleRecord, at: number, run: () => void) => void,
): void {
  let ran = 0;
  for (const [at, { record }] of runner.records.entries()) {
    if (!matters(record)) continue;
    if (at > ran) runner.runPart(ran, at);
    visit(record, at, () => runner.runPart(at, at + 1));
    ran = at + 1;
  }
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

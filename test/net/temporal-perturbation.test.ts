/**
 * Every record of the learners that live in time reads what it claims and nothing else. From a generic state, each write's
 * fields are changed: those that it does not claim (all at once, its own old contents among them) must leave every bit as it
 * was, at every turn; each one that it claims must show at one turn at least.
 */
import { expect, it } from "vitest";
import type { Field, FieldData } from "../../src/gpu/field";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { fieldsOf, type ScheduleRecord } from "../../src/gpu/schedule";
import { lowerings } from "../../src/net/dense";
import { settingValues } from "../../src/net/optimiser";
import { TemporalBuilder } from "../../src/net/temporal/builder";
import { latencyField, latencyTable } from "../../src/net/temporal/latency";
import { type SurrogateOptions, surrogateNetwork } from "../../src/net/temporal/surrogate-network";
import type { Time } from "../../src/net/temporal/time";
import type { Feedback } from "../../src/rule/temporal/e-prop";
import { surrogateGradient } from "../../src/rule/temporal/surrogate-gradient";
import { sameBits } from "../support/close";
import { testDevice } from "../support/device";
import { sizes, smallStep } from "../support/e-prop";
import { changed, otherValid, type Snapshot, snapshot, strongly } from "../support/perturb";
import { choices, uniform } from "../support/random";
import { livelyValues } from "../support/run";

const surrogate = (time: Time, options: SurrogateOptions) => {
  const network = surrogateNetwork({ layers: [7, 6, 3], batch: 4, steepness: 2, ...options });
  const step = new TemporalBuilder(network.net, time, "adam", 1);
  surrogateGradient(step, network);
  return { step, classes: 3 };
};
const eProp = (feedback: Feedback, rows: number, recurrent: boolean) => ({
  step: smallStep(feedback, rows, { recurrent }, "momentum").step,
  classes: sizes.outputs,
});

const cases: [what: string, make: () => { step: TemporalBuilder; classes: number }][] = [
  ["surrogate gradients, all steps at once", () => surrogate({ steps: 8, rows: 8, span: 8 }, {})],
  [
    "surrogate gradients, step by step, recurrent, in segments, reset attached",
    () => surrogate({ steps: 8, rows: 4, span: 1 }, { recurrent: true, reset: "attached" }),
  ],
  ["e-prop as time goes by", () => eProp("adaptive", 1, true)],
  ["e-prop, all steps at once", () => eProp("symmetric", 40, true)],
  ["e-prop without recurrent synapses", () => eProp("random", 40, false)],
];

/** Groups of synapses with settings of their own need not have a rate that falls by the clock. */
const stays = ({ bind }: ScheduleRecord, { name }: Field): boolean =>
  name === "clock" && bind.settings !== undefined && bind.settings.name !== "settings/weight";

const turned = (values: FieldData): FieldData => values.slice().reverse();

/** What is smaller could hide a dependence. */
const tiny = 1e-3;

/** The state that a record finds, with something in place of what is zero or nearly so. */
function generic({ name, type, role }: Field, values: FieldData, seed: number): FieldData {
  if (role !== undefined || type === "u8") return values;
  // Steps of a trial, such as when an output was highest.
  if (values instanceof Uint32Array)
    return choices(values.length, seed, 9).map((step, i) => (values[i] === 0 ? step : values[i]!));
  const drawn = uniform(values.length, 200 + seed, name.endsWith("votes") ? 9 : 1.5);
  const filled = (values as Float32Array).map((value, i) => (Math.abs(value) < tiny ? drawn[i]! : value));
  return name.endsWith(".state") ? filled.map(Math.abs) : filled;
}

/** Places of a record among the unrolled ones that are looked at: the first, one in the middle, the last two. */
const some = (places: readonly number[]) => [
  ...new Set([places[0]!, places[Math.floor(places.length / 2)]!, ...places.slice(-2)]),
];

it.each(cases)("%s", async (_, make) => {
  const device = await testDevice();
  const { step, classes } = make();
  const memory = new Memory(device);
  const runner = await Runner.create(device, memory, step.schedule, lowerings, 1);
  const fields = fieldsOf(step.schedule);
  for (const [name, source] of step.settings)
    memory.write(name, settingValues(source, { ...livelyValues, readoutDecay: 0.1 }));
  if (memory.names().includes(latencyField.name)) memory.write(latencyField.name, latencyTable(8, 5, 10));
  fields.forEach(({ name, site, shape, type, role }, i) => {
    const count = shape.reduce((a, b) => a * b, 1);
    if (role === "target") memory.write(name, choices(count, i, classes));
    else if (type === "f32" && site !== "global")
      memory.write(
        name,
        uniform(count, i, 1.5).map(name.endsWith(".state") || role === "input" ? Math.abs : (x) => x),
      );
  });
  runner.run();
  const places = new Map<ScheduleRecord, number[]>();
  for (const [at, { record }] of runner.records.entries())
    places.set(record, [...(places.get(record) ?? []), at]);

  const shown = new Map<string, boolean>();
  for (const [record, all] of places) {
    for (const at of some(all)) {
      const found = await snapshot(memory, fields);
      const before = new Map(
        fields.map((field, i) => [field.name, generic(field, found.get(field.name)!, i)]),
      );
      const written = async (change: (field: Field, values: FieldData) => FieldData): Promise<Snapshot> => {
        for (const field of fields) memory.write(field.name, change(field, before.get(field.name)!));
        runner.runPart(at, at + 1);
        return snapshot(
          memory,
          record.writes.map(({ field }) => field),
        );
      };
      const undisturbed = await written((_, values) => values);
      for (const write of record.writes) {
        const where = `record ${at}, ${record.kernel} of layer ${record.layer}, writing ${write.field.name}`;
        const result = undisturbed.get(write.field.name)!;
        const claimed = new Set(write.from.map(({ field }) => field.name));
        const apart = await written((field, values) => (claimed.has(field.name) ? values : changed(values)));
        if (!sameBits(apart.get(write.field.name)!, result)) {
          for (const field of fields.filter(({ name }) => !claimed.has(name))) {
            const alone = await written((each, values) => (each === field ? changed(values) : values));
            expect(
              sameBits(alone.get(write.field.name)!, result),
              `${where} reads ${field.name} undeclared`,
            ).toBe(true);
          }
          expect.fail(`${where} reads something undeclared`);
        }
        for (const { field } of write.from) {
          const key = `${record.kernel} of layer ${record.layer}, writing ${write.field.name}, claims to read ${field.name}`;
          if (shown.get(key) || stays(record, field)) continue;
          const shows = async (how: (values: FieldData) => FieldData) =>
            !sameBits(
              (await written((each, values) => (each.name === field.name ? how(values) : values))).get(
                write.field.name,
              )!,
              result,
            );
          // A choice may take no notice of a small change.
          const choosy = field.role === undefined && !field.name.endsWith(".state");
          shown.set(
            key,
            (await shows((values) => otherValid(field, values, classes))) ||
              (choosy && ((await shows(strongly)) || (await shows(turned)))),
          );
        }
      }
      for (const [name, values] of before) memory.write(name, values);
    }
  }
  for (const [claim, shows] of shown) expect(shows, `${claim}, which does not show`).toBe(true);
  memory.destroy();
});

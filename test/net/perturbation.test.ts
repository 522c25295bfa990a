/**
 * Every record reads what it claims and nothing else. From a generic state in the middle of learning, each write's
 * fields are changed: those that it does not claim (all at once, its own old contents among them) must leave every bit
 * as it was; each one that it claims must show.
 */
import { expect, it } from "vitest";
import { rules } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import type { Field, FieldData } from "../../src/gpu/field";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { fieldsOf, type ScheduleRecord } from "../../src/gpu/schedule";
import type { SplitFields } from "../../src/net/builder";
import { lowerings } from "../../src/net/dense";
import { network, type Output } from "../../src/net/network";
import { optimiserNames, settingValues } from "../../src/net/optimiser";
import { ruleNames } from "../reference/step";
import { brief, layersFor } from "../support/brief";
import { sameBits } from "../support/close";
import { testDevice } from "../support/device";
import { changed, otherValid, restore, type Snapshot, snapshot } from "../support/perturb";
import { uniform } from "../support/random";
import { livelyValues } from "../support/run";

const layers = [7, 6, 5, 3];
const count = 11;
const base = { site: "neuron", home: "task" } as const;
const split: SplitFields = {
  data: { ...base, name: "task/train", shape: [count, 7], type: "u8", role: "input" },
  labels: { ...base, name: "task/train-labels", shape: [count], type: "u32", role: "target" },
  count,
};

/** Groups of synapses with settings of their own need not have a rate that falls by the clock. */
const stays = ({ bind }: ScheduleRecord, { name }: Field): boolean =>
  name === "clock" && bind.settings !== undefined && bind.settings.name !== "settings/weight";

const networks: [output: Output, activation: "relu" | "tanh"][] = [
  ["softmax", "relu"],
  ["sigmoid", "tanh"],
];
/** What an optimiser reads doesn't depend on the rule: all of them under backprop and its kin, one under the others. */
const optimisersFor = (name: string) =>
  ruleNames.some((one) => one === name) ? optimiserNames : optimiserNames.slice(1, 2);
const cases = rules.flatMap((rule) =>
  optimisersFor(rule.name).map((optimiser) => {
    const other = rule.name === "backprop" && optimiser === "momentum";
    return { rule, optimiser, nets: other ? networks : networks.slice(0, 1) };
  }),
);

it.each(cases)("$rule.name with $optimiser", async ({ rule, optimiser, nets }) => {
  const device = await testDevice();
  for (const [output, activation] of nets) {
    const net = network({ layers: layersFor(rule, layers), batch: 5, activation, output });
    const step = trainingStep(rule, net, optimiser, 1, { split, options: brief(rule) });
    const memory = new Memory(device);
    const runner = await Runner.create(device, memory, step.schedule, lowerings, 1);
    const fields = fieldsOf(step.schedule);
    for (const [name, source] of step.settings) memory.write(name, settingValues(source, livelyValues));
    // Generic: nothing zero that could hide a dependence.
    fields.forEach(({ name, site, shape, type }, i) => {
      const values = uniform(
        shape.reduce((a, b) => a * b, 1),
        i,
      );
      if (type === "f32" && site !== "global")
        memory.write(name, name.endsWith(".state") ? values.map(Math.abs) : values);
    });
    memory.write(
      "task/train",
      Uint8Array.from(uniform(count * 7, 99, 120), (value) => 128 + value),
    );
    memory.write(
      "task/train-labels",
      Uint32Array.from({ length: count }, (_, i) => i % 3),
    );
    runner.run(2);

    for (const [at, { record }] of runner.records.entries()) {
      const before = await snapshot(memory, fields);
      /** What the record writes if some fields are changed before it runs. */
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
        expect(
          result.some((value) => value !== 0),
          `${where}: all zero, so nothing would show`,
        ).toBe(true);
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
          const other = await written((each, values) =>
            each.name === field.name ? otherValid(each, values, 3) : values,
          );
          const shows = !sameBits(other.get(write.field.name)!, result);
          if (stays(record, field)) continue;
          expect(shows, `${where} claims to read ${field.name}, which does not show`).toBe(true);
        }
      }
      restore(memory, before);
      runner.runPart(at, at + 1);
    }
    memory.destroy();
  }
});

/**
 * Every record of a Hopfield network's schedules reads what it claims and nothing else: what it does not claim is changed
 * and must leave every bit as it was; each field that it claims must show.
 */
import { expect, it } from "vitest";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { fieldsOf } from "../../src/gpu/schedule";
import { Builder } from "../../src/net/builder";
import { recurrentLowerings, recurrentNetwork } from "../../src/net/hopfield";
import { settingValues } from "../../src/net/optimiser";
import { hopfield } from "../../src/rule/hopfield";
import { sameBits } from "../support/close";
import { testDevice } from "../support/device";
import { changed, otherValid, snapshot } from "../support/perturb";
import { uniform } from "../support/random";

const [neurons, memories] = [13, 6];
const schedules: Readonly<Record<string, { write(step: Builder): void; batch: number; memories?: number }>> =
  {
    "Hebbian storage": { write: hopfield.store.hebbian, batch: 4 },
    "Storkey's storage": { write: hopfield.store.storkey, batch: 1 },
    "overlaps and mixtures": {
      write: (step) => {
        hopfield.store.overlaps(step);
        hopfield.store.decorrelate(step);
      },
      batch: memories,
      memories,
    },
    hearing: { write: hopfield.hear, batch: 3 },
    "asynchronous settling": { write: (step) => hopfield.settle.asynchronous(step, 7, 1), batch: 3 },
    "parallel settling": { write: hopfield.settle.parallel, batch: 3 },
    "the modern form": { write: (step) => hopfield.modern.retrieve(step, 0.5), batch: 3, memories },
  };

it.each(Object.entries(schedules))("%s", async (_, { write, ...shape }) => {
  const numbers = { neurons };
  const params = { neurons: { default: neurons, min: 1, max: neurons, about: "neurons" } };
  const step = new Builder(recurrentNetwork(neurons, { prefix: "", ...shape }), "sgd", 1, {
    params,
    options: {},
  });
  write(step);
  const memory = new Memory(await testDevice());
  const runner = await Runner.create(memory.device, memory, step.schedule, recurrentLowerings, 1);
  const fields = fieldsOf(step.schedule);
  // A zero among the fields: a neuron that hears nothing keeps its state, which then shows.
  for (const [at, { name, shape, type }] of fields.entries())
    if (type === "f32") {
      const count = shape.reduce((a, b) => a * b, 1);
      memory.write(name, uniform(count, at).fill(0, 0, 1));
    }
  for (const [name, group] of step.settings) memory.write(name, settingValues(group, numbers));
  const before = await snapshot(memory, fields);

  for (const [at, { record }] of runner.records.entries())
    for (const { field, from } of record.writes) {
      const claimed = from.map((read) => read.field.name);
      const written = async (touched: (name: string) => boolean, other: typeof changed) => {
        for (const each of fields) {
          const values = before.get(each.name)!;
          memory.write(each.name, touched(each.name) ? other(values) : values);
        }
        runner.runPart(at, at + 1);
        return memory.read(field.name);
      };
      const where = `record ${at}, ${record.kernel}, writing ${field.name}`;
      const result = await written(() => false, changed);
      const apart = await written((name) => !claimed.includes(name), changed);
      expect(sameBits(apart, result), `${where} reads something undeclared`).toBe(true);
      for (const read of from) {
        // The rates of storage stay whatever the clock says.
        if (read.field.name === "clock" && record.bind.settings) continue;
        const shown = await written(
          (name) => name === read.field.name,
          (values) => otherValid(read.field, values, 2),
        );
        expect(sameBits(shown, result), `${where}: ${read.field.name} does not show`).toBe(false);
      }
    }
  runner.destroy();
  memory.destroy();
});

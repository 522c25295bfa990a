/**
 * The audit against the machine. From a generic state one version of a field is changed between two records and the rest
 * of the step runs: an update must change if the audit says that it hears that version, and keep every bit if the
 * graph holds no way from one to the other. And a weight changed while anything but a project reads it shows just where it is transported.
 */
import { describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit";
import { reach, type Version, versionGraph } from "../../src/audit/graph";
import { rules } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import type { FieldData } from "../../src/gpu/field";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { fieldsOf } from "../../src/gpu/schedule";
import { lowerings } from "../../src/net/dense";
import { network } from "../../src/net/network";
import { settingValues } from "../../src/net/optimiser";
import type { Rule } from "../../src/net/rule";
import { brief, layersFor } from "../support/brief";
import { sameBits } from "../support/close";
import { testDevice } from "../support/device";
import { changed, flipped, otherValid, restore, snapshot } from "../support/perturb";
import { choices, uniform } from "../support/random";
import { livelyValues } from "../support/run";

async function generic(rule: Rule) {
  const device = await testDevice();
  const net = network({ layers: layersFor(rule, [7, 6, 5, 3]), batch: 5 });
  const step = trainingStep(rule, net, "momentum", 1, { options: brief(rule) });
  const memory = new Memory(device);
  const runner = await Runner.create(device, memory, step.schedule, lowerings, 1);
  for (const [name, source] of step.settings) memory.write(name, settingValues(source, livelyValues));
  memory.write("input/activity", uniform(35, 1));
  memory.write("target", choices(5, 2, 3));
  // Biases that leave most neurons on their slopes, also those that stop at 0 and at 1.
  for (const { weight, post } of net.projections) {
    const values = await memory.read(weight.name);
    memory.write(
      weight.name,
      values.map((value, at) => (at < values.length - post.size ? 0.5 * value : 0.5)),
    );
  }
  runner.run(2);
  const fields = fieldsOf(step.schedule);
  const before = await snapshot(memory, fields);
  const graph = versionGraph(step.schedule);
  const weight = ({ field, record }: Version) =>
    graph.weights.has(field.name) && record!.verb === "correlate";
  const updates = graph.written.filter(weight);
  /** What all updates come to when `name` is changed after `at` records. */
  const outcome = async (at = 0, name?: string, change: (values: FieldData) => FieldData = changed) => {
    restore(memory, before);
    if (at > 0) runner.runPart(0, at);
    if (name) memory.write(name, change(await memory.read(name)));
    runner.runPart(at);
    return snapshot(
      memory,
      updates.map(({ field }) => field),
    );
  };
  /** What they come to when `name` has its signs turned over while each of some records runs, and back after it. */
  const turned = async (name: string, records: readonly number[]) => {
    restore(memory, before);
    let done = 0;
    const turnOver = async () => memory.write(name, flipped(await memory.read(name)));
    for (const at of records) {
      if (at > done) runner.runPart(done, at);
      await turnOver();
      runner.runPart(at, at + 1);
      await turnOver();
      done = at + 1;
    }
    runner.runPart(done);
    return snapshot(
      memory,
      updates.map(({ field }) => field),
    );
  };
  return { net, step, graph, updates, fields, outcome, turned };
}

describe.each(rules.map((rule) => ({ name: rule.name, rule })))("$name", ({ rule }) => {
  it("a weight turned over for all but its projects and its own updates changes just the updates that transport it", async () => {
    const { net, step, graph, updates, outcome, turned } = await generic(rule);
    const undisturbed = await outcome();
    const verdicts = new Map(audit(step.schedule).map((update) => [update.weight, update]));
    for (const { weight } of net.projections) {
      // A copy, a sign or a transport: whatever reads the weight but sends no activity through it and doesn't move it.
      const others = graph.records.flatMap(({ verb, bind, writes }, at) => {
        const reads = Object.values(bind).some(({ name }) => name === weight.name);
        return reads && verb !== "project" && writes.every(({ field }) => field.name !== weight.name)
          ? [at]
          : [];
      });
      const disturbed = await turned(weight.name, others);
      for (const { field } of updates) {
        if (field.name === weight.name) continue;
        const claimed = verdicts.get(field.name)!.weightTransport.some((one) => one.weight === weight.name);
        const same = sameBits(disturbed.get(field.name)!, undisturbed.get(field.name)!);
        expect(same, `${field.name} hears ${weight.name}: ${claimed}`).toBe(!claimed);
      }
    }
  });

  it("an update changes with what it hears, and with nothing that cannot reach it", async () => {
    const { graph, updates, fields, outcome } = await generic(rule);
    const undisturbed = await outcome();
    const signal = ({ field }: Version) => !graph.weights.has(field.name) && field.role !== "setting";
    const tally = { heard: 0, unheard: 0 };
    for (const version of graph.written) {
      const disturbed = await outcome(version.at + 1, version.field.name);
      for (const update of updates) {
        if (update.field.name === version.field.name) continue;
        const itself = update.record!.writes.map(({ field }) => field.name);
        const reads = update.from.filter(({ to }) => !itself.includes(to.field.name));
        const same = sameBits(disturbed.get(update.field.name)!, undisturbed.get(update.field.name)!);
        const what = `${version.field.name} of record ${version.at} and ${update.field.name}`;
        if (reach(reads, { through: signal }).has(version)) {
          expect(same, `${what}: heard`).toBe(false);
          tally.heard++;
        } else if (!reach(update.from, { through: () => true }).has(version)) {
          expect(same, `${what}: unheard`).toBe(true);
          tally.unheard++;
        }
      }
    }
    expect(Math.min(tally.heard, tally.unheard)).toBeGreaterThan(rule.shallow ? 1 : 5); // one update hears little
    // And what the step found before it began.
    for (const field of fields) {
      const disturbed = await outcome(0, field.name, (values) => otherValid(field, values, 3));
      for (const update of updates) {
        if (update.field.name === field.name) continue;
        const behind = [update, ...reach(update.from, { through: () => true })].flatMap(({ from }) => from);
        const found = behind.some(
          ({ to, carried }) => to.field.name === field.name && (carried || to.at < 0),
        );
        const same = sameBits(disturbed.get(update.field.name)!, undisturbed.get(update.field.name)!);
        if (!found) expect(same, `${field.name} as found, and ${update.field.name}`).toBe(true);
        if (found && (field.role === "input" || field.role === "target")) expect(same).toBe(false);
      }
    }
  });
});

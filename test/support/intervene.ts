/** Interventions: versions of fields and weights changed in the middle of a step, held against what the audit says of the rule. */
import { expect } from "vitest";
import { audit } from "../../src/audit/audit";
import { reach, type Version, versionGraph } from "../../src/audit/graph";
import { resolveOptions } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import type { FieldData } from "../../src/gpu/field";
import { Memory } from "../../src/gpu/memory";
import { Runner } from "../../src/gpu/runner";
import { fieldsOf } from "../../src/gpu/schedule";
import { network } from "../../src/net/network";
import { settingValues, type Values } from "../../src/net/optimiser";
import type { Chosen, Rule } from "../../src/net/rule";
import { brief, layersFor } from "./brief";
import { sameBits } from "./close";
import { testDevice } from "./device";
import { changed, flipped, otherValid, restore, type Snapshot, snapshot, strongly } from "./perturb";
import { choices, uniform } from "./random";
import { livelyValues, lowerWith } from "./run";

/** A rule's step on a small network, from a generic state, and ways to disturb it. */
async function generic(rule: Rule, form: Chosen, values: Values) {
  const device = await testDevice();
  const net = network({ layers: layersFor(rule, [9, 6, 5, 3]), batch: 5 });
  const step = trainingStep(rule, net, "momentum", 1, {
    options: resolveOptions(rule, { ...brief(rule), ...form }),
    metrics: false,
  });
  const memory = new Memory(device);
  const runner = await Runner.create(device, memory, step.schedule, lowerWith(), 1);
  for (const [name, source] of step.settings)
    memory.write(name, settingValues(source, { ...livelyValues, ...values }));
  memory.write("input/activity", uniform(45, 1));
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
  return { net, step, graph, updates, fields, outcome, turned, free: () => memory.destroy() };
}

const everything = () => true;

/**
 * A weight turned over for all but its projects and its own updates changes the updates that transport it, by the audit's
 * word, and no other.
 */
export async function expectTransportsAsClaimed(
  rule: Rule,
  form: Chosen = {},
  values: Values = {},
): Promise<void> {
  const { net, step, graph, updates, outcome, turned, free } = await generic(rule, form, values);
  const undisturbed = await outcome();
  const verdicts = audit(step.schedule);
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
      const claimed = verdicts.some(
        (verdict) =>
          verdict.weight === field.name && verdict.weightTransport.some((one) => one.weight === weight.name),
      );
      // Where weights move within the step, one may pass on what another heard.
      const moved = updates.filter((update) => update.field.name === field.name);
      const passedOn = moved.some((update) =>
        [...reach(update.from, { through: everything })].some(({ at }) => others.includes(at)),
      );
      const same = sameBits(disturbed.get(field.name)!, undisturbed.get(field.name)!);
      if (claimed) expect(same, `${field.name} hears ${weight.name}`).toBe(false);
      else if (!passedOn) expect(same, `${field.name} does not hear ${weight.name}`).toBe(true);
    }
  }
  free();
}

/** An update changes with what the audit says it hears, and with nothing that cannot reach it. */
export async function expectHeardAsClaimed(
  rule: Rule,
  form: Chosen = {},
  values: Values = {},
): Promise<void> {
  const { graph, updates, fields, outcome, free } = await generic(rule, form, values);
  const undisturbed = await outcome();
  const signal = ({ field }: Version) => !graph.weights.has(field.name) && field.role !== "setting";
  // The last update of a weight is the one whose outcome can be looked at; what earlier ones heard is in it.
  const final = [...new Set(updates.map(({ field }) => field.name))].map((name) =>
    updates.filter(({ field }) => field.name === name),
  );
  const tally = { heard: 0, unheard: 0 };
  for (const version of graph.written) {
    const disturb = (change: typeof changed) => outcome(version.at + 1, version.field.name, change);
    const disturbed = await disturb(changed);
    let hard: Snapshot | undefined;
    for (const all of final) {
      const { field } = all[0]!;
      if (version.field.name === field.name) continue;
      const isSame = (state: Snapshot) => sameBits(state.get(field.name)!, undisturbed.get(field.name)!);
      const what = `${version.field.name} of record ${version.at} and ${field.name}`;
      const hears = all.some((update) => {
        const itself = update.record!.writes.map((write) => write.field.name);
        const reads = update.from.filter(({ to }) => !itself.includes(to.field.name));
        return reach(reads, { through: signal }).has(version);
      });
      if (hears) {
        // A choice that is made all the same hides a little change.
        if (isSame(disturbed)) hard ??= await disturb(strongly);
        expect(isSame(disturbed) && isSame(hard!), `${what}: heard`).toBe(false);
        tally.heard++;
      } else if (!all.some((update) => reach(update.from, { through: everything }).has(version))) {
        expect(isSame(disturbed), `${what}: unheard`).toBe(true);
        tally.unheard++;
      }
    }
  }
  expect(Math.min(tally.heard, tally.unheard)).toBeGreaterThan(rule.shallow ? 1 : 5); // one update hears little
  // And what the step found before it began.
  for (const field of fields) {
    const disturbed = await outcome(0, field.name, (values) => otherValid(field, values, 3));
    for (const all of final) {
      const { name } = all[0]!.field;
      if (name === field.name) continue;
      const behind = [
        ...all,
        ...reach(
          all.flatMap(({ from }) => from),
          { through: everything },
        ),
      ];
      const found = behind
        .flatMap(({ from }) => from)
        .some(({ to, carried }) => to.field.name === field.name && (carried || to.at < 0));
      const same = sameBits(disturbed.get(name)!, undisturbed.get(name)!);
      if (!found) expect(same, `${field.name} as found, and ${name}`).toBe(true);
      if (found && (field.role === "input" || field.role === "target")) expect(same).toBe(false);
    }
  }
  free();
}

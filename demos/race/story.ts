/** The parts of the page that need no GPU: what each rule asks of a synapse, and who waits for whom. */
import { auditRule } from "../../src/experiment/audit";
import type { ExperimentOptions } from "../../src/experiment/experiment";
import { checkOptimiser, findRule } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { network } from "../../src/net/network";
import { auditTable } from "../../src/view/audit-table";
import type { Racer } from "../../src/view/curves";
import { byId } from "../../src/view/dom";
import { synapseNames } from "../../src/view/synapse-names";
import { timeline } from "../../src/view/timeline";

export const racersOf = (names: readonly string[]): Racer[] =>
  names.map((name) => ({ name, title: findRule(name).title }));

/** Draws the audit and the timelines of a race. @throws as the engine does for what can't be */
export function tell({
  rules,
  optimizer = "momentum",
  options = {},
  ...architecture
}: ExperimentOptions): void {
  const racers = racersOf(rules);
  const net = network(architecture);
  const schedules = racers.map(
    ({ name }) =>
      trainingStep(findRule(name), net, checkOptimiser(optimizer), 1, { options: options[name] }).schedule,
  );
  const names = new Map(schedules.flatMap((schedule) => [...synapseNames(schedule, net)]));
  const reports = racers.map((racer) => ({
    racer,
    report: auditRule(racer.name, { ...architecture, optimizer, options: options[racer.name] ?? {} }),
  }));
  byId("timelines").replaceChildren(
    ...racers.map((racer, index) => timeline(racer, schedules[index]!, names)),
  );
  byId("audit").replaceChildren(auditTable(reports, names));
}

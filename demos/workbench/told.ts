/** What needs no GPU: what the rules are called, and what they ask of a synapse. */
import { reportAudit } from "../../src/audit/report";
import { auditRule } from "../../src/experiment/audit";
import { customRule } from "../../src/experiment/custom";
import { findRule, rules } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import type { RuleProgram } from "../../src/expression/syntax";
import { network } from "../../src/net/network";
import { auditTable } from "../../src/view/audit-table";
import { byId } from "../../src/view/dom";
import { synapseNames } from "../../src/view/synapse-names";
import { yours } from "./pair";
import type { State } from "./state";

export const titleOfRule = (name: string): string => rules.find((rule) => rule.name === name)?.title ?? name;

/** Both rules' audits, derived from their schedules; the readout's own update is left out. */
export function tellAudit(program: RuleProgram, { beside, data, neurons }: State): void {
  const layers = data === "cloud" ? [64, neurons, 2] : [784, neurons, 10];
  const net = network({ layers });
  const all = [customRule(program, { name: yours, title: "Yours" }), findRule(beside)];
  const names = new Map(
    all.flatMap((rule) => [...synapseNames(trainingStep(rule, net, "sgd", 1).schedule, net)]),
  );
  byId("wb-audit").replaceChildren(
    auditTable(
      all.map((rule) => ({
        racer: { name: rule.name, title: rule.title },
        report: reportAudit(
          rule.name,
          layers,
          auditRule(rule, { layers, optimizer: "sgd" }).updates.filter(
            ({ layer }) => layer < layers.length - 1,
          ),
        ),
      })),
      names,
    ),
  );
}

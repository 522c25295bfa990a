/** `engram rules`: every rule, its numbers, and what it asks of a synapse. */
import { auditRule } from "../experiment/audit";
import { parametersOf, rules } from "../experiment/rules";
import { optimiserNames } from "../net/optimiser";
import { auditLines } from "./audit";
import type { Command } from "./command";
import { table, wrap } from "./text";

/** The network that the rules are audited on here: deep enough for each column to show. */
const layers = [784, 256, 128, 10];

export const rulesCommand: Command = {
  name: "rules",
  summary: "list the learning rules, their parameters and what they ask of a synapse",
  help: `Lists the learning rules: what each does, where it comes from, which numbers it takes (--set in engram train)
and what it asks of a synapse, derived from its schedule for the layers ${layers.join(",")}.

Usage: engram rules [--json]

  --json  an array of {name, title, summary, source, parameters: {optimizer: {name: {default, min, max, about}}}, audit}
`,
  options: {},
  async run(_, { stdout, json }) {
    const all = rules.map((rule) => ({
      name: rule.name,
      title: rule.title,
      summary: rule.summary,
      source: rule.source,
      parameters: Object.fromEntries(
        optimiserNames.map((optimiser) => [optimiser, parametersOf(rule, optimiser)]),
      ),
      audit: { layers, ...auditRule(rule.name, { layers }).summary },
    }));
    if (json) {
      stdout.write(`${JSON.stringify(all)}\n`);
      return 0;
    }
    for (const { name, title, summary, source, parameters, audit } of all) {
      const names = [...new Set(Object.values(parameters).flatMap((one) => Object.keys(one)))];
      const rows = names.map((parameter) => {
        const told = optimiserNames.map((optimiser) => parameters[optimiser]?.[parameter]);
        return [
          `  ${parameter}`,
          ...told.map((one) => (one ? String(one.default) : "–")),
          told.find(Boolean)!.about,
        ];
      });
      stdout.write(`${name} · ${title}\n  ${wrap(summary, 2)}\n  ${wrap(source, 2)}\n\n`);
      stdout.write(`${table([["  parameter", ...optimiserNames, ""], ...rows], [1, 2, 3])}\n`);
      stdout.write(`${auditLines(audit)}\n`);
    }
    stdout.write(`The audit is of the layers ${layers.join(",")}; engram audit derives it for others.\n`);
    return 0;
  },
};

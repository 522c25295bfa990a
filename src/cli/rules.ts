/** `engram rules`: every rule, its numbers, and what it asks of a synapse. */
import { auditRule } from "../experiment/audit";
import { parametersOf, rules } from "../experiment/rules";
import { optimiserNames } from "../net/optimiser";
import type { Choice, Count, Rule } from "../net/rule";
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

  --json  an array of {name, title, summary, source, parameters: {optimizer: {name: {default, min, max, about}}},
          options: {name: {default, min, max, about} or {default, choices, about}}, audit}

Parameters are numbers that may change while a rule runs; options shape its schedule and can't. Both take --set NAME=X.
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
      options: rule.options ?? {},
      audit: auditOf(rule),
    }));
    if (json) {
      stdout.write(`${JSON.stringify(all)}\n`);
      return 0;
    }
    for (const { name, title, summary, source, parameters, options, audit } of all) {
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
      if (Object.keys(options).length > 0)
        stdout.write(
          `${table([["  option", "default", "takes", ""], ...Object.entries(options).map(optionRow)])}\n`,
        );
      stdout.write(`${auditLines(audit)}\n`);
    }
    stdout.write(
      `The audit is of the layers ${layers.join(",")}, or of the first and the last for a rule that can't teach hidden ones; engram audit derives it for others.\n`,
    );
    return 0;
  },
};

/** What a rule asks of a synapse, on as many of the layers as it can teach. */
function auditOf({ name, shallow }: Rule) {
  const own = shallow ? [layers[0]!, layers.at(-1)!] : layers;
  return { layers: own, ...auditRule(name, { layers: own }).summary };
}

/** An option's name, default, what it takes, and what it is about. */
function optionRow([name, option]: [string, Count | Choice]): string[] {
  const takes = "choices" in option ? option.choices.join(", ") : `${option.min} to ${option.max}`;
  return [`  ${name}`, String(option.default), takes, option.about];
}

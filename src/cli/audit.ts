/** `engram audit`: what rules ask of biology, derived from their schedules. Needs no GPU. */
import type { UpdateAudit } from "../audit/audit";
import type { AuditSummary } from "../audit/report";
import { auditRule } from "../experiment/audit";
import { findRule, rules } from "../experiment/rules";
import type { Output } from "../net/network";
import type { Activation } from "../net/population";
import { type Command, UsageError } from "./command";
import { asUsage, layerSizes, names, settings, text } from "./options";
import { toldOf } from "./plan";
import { plural, table, wrap } from "./text";

/** The four columns, a sentence each. */
export function auditLines(summary: AuditSummary, indent = "  "): string {
  const rows: [string, string][] = [
    ["Weight transport", summary.weightTransport],
    ["Update locking", summary.updateLocking],
    ["Locality", summary.locality],
    ["Teaching signal", summary.teachingSignal],
  ];
  return rows
    .map(([head, told]) => `${indent}${head.padEnd(18)}${wrap(told, indent.length + 18)}\n`)
    .join("");
}

function updateRow({ weight, forward, weightTransport, locking, locality, teaching }: UpdateAudit): string[] {
  const layers =
    locking.layers.length > 0
      ? `layer${locking.layers.length === 1 ? "" : "s"} ${locking.layers.join(", ")}`
      : "none";
  const signal = teaching
    ? `${teaching.kind}, ${plural(teaching.distance, "layer")} away, ${plural(teaching.transports, "transport")}`
    : "none";
  const transported =
    weightTransport.length > 0 ? weightTransport.map((one) => one.weight).join(", ") : "none";
  return [
    `  ${weight}${forward ? "" : " (feedback)"}`,
    transported,
    layers,
    String(locking.steps),
    locality,
    signal,
  ];
}

export const auditCommand: Command = {
  name: "audit",
  summary: "derive what a rule asks of a synapse: weight transport, locking, locality, teaching signal",
  help: `Derives what learning rules ask of a synapse. Nothing is asserted by hand: reads and writes are followed
backwards from every weight update of the rule's schedule. Needs no GPU.

Usage: engram audit --rule RULE[,RULE…] [--layers 784,256,128,10] [--json]

  --rule NAMES        which rules: ${rules.map(({ name }) => name).join(", ")}
  --layers SIZES      from input to output; default 784,256,128,10, or 784,10 for a rule that
                      can't teach hidden layers
  --optimizer NAME    sgd, momentum (default) or adam
  --activation NAME   of the hidden layers: identity, relu (default), tanh, sigmoid or hard-sigmoid
  --output NAME       softmax (default) or an activation
  --set NAME=X        an option that shapes the schedule, for every rule that has it; may be repeated
  --json              one object {rule, layers, updates, summary}; an array of them for several rules

  engram audit --rule backprop,feedback-alignment --layers 784,512,10
  engram audit --rule predictive-coding --set feedback=learned
`,
  options: {
    rule: { type: "string" },
    layers: { type: "string" },
    optimizer: { type: "string" },
    activation: { type: "string" },
    output: { type: "string" },
    set: { type: "string", multiple: true },
  },
  async run(values, { stdout, json }) {
    const wanted = names(values, "rule");
    if (!wanted) throw new UsageError("engram audit needs --rule NAME; engram rules lists them.");
    const typed = layerSizes(values);
    const layersOf = (rule: string) => typed ?? (findRule(rule).shallow ? [784, 10] : [784, 256, 128, 10]);
    const [optimizer, activation, output] = ["optimizer", "activation", "output"].map((name) =>
      text(values, name),
    );
    const options = {
      ...(optimizer && { optimizer }),
      ...(activation && { activation: activation as Activation }),
      ...(output && { output: output as Output }),
    };
    const reports = asUsage(() => {
      const { told, options: shaping } = toldOf(settings(values), wanted.map(findRule));
      const [number] = Object.keys(told);
      if (number !== undefined)
        throw new UsageError(
          `--set ${number} shapes no schedule, and an audit looks at nothing else; engram rules lists the options that do.`,
        );
      return wanted.map((rule) =>
        auditRule(rule, { ...options, layers: layersOf(rule), options: shaping.get(rule) ?? {} }),
      );
    });
    if (json) {
      stdout.write(`${JSON.stringify(reports.length === 1 ? reports[0] : reports)}\n`);
      return 0;
    }
    for (const { rule, layers, summary, updates } of reports) {
      const head = ["  update of", "needs to know", "waits for", "steps", "reads", "teaching signal"];
      stdout.write(`${rule} on ${layers.join("-")}\n${auditLines(summary)}\n`);
      stdout.write(`${table([head, ...updates.map(updateRow)], [3])}\n`);
    }
    return 0;
  },
};

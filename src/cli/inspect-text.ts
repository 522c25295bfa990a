/** What a synapse heard, for people. */
import type { Heard, Inspection, SynapseUpdate } from "../experiment/inspect";
import type { Dataset } from "../task/task";
import { plural, table } from "./text";

/** Updates and values shown; --json has them all. */
const mostUpdates = 6;
const mostValues = 4;

export const number = (value: number): string => (value === 0 ? "0" : String(Number(value.toPrecision(5))));

const where: Readonly<Record<Heard["at"], string>> = {
  synapse: "this synapse",
  pre: "its pre neuron",
  post: "its post neuron",
  global: "once for all",
};

export function inspectionText(dataset: Pick<Dataset, "title">, sample: number, seen: Inspection): string {
  const { rule, weight, layer, pre, post, bias, label, steps, updates, alone, backprop, change, fresh } =
    seen;
  const name = bias ? `the bias of neuron ${post}` : `synapse ${pre} → ${post}`;
  const head = [
    `${rule} · ${name} of layer ${layer} (${weight})`,
    `${dataset.title}, training sample ${sample}, a ${label}; after ${plural(steps, "step")}, batch 1`,
    "",
  ];
  const shown = updates.slice(0, mostUpdates).map((update) => updateText(update, updates.length > 1));
  const more =
    updates.length > mostUpdates
      ? [`… and ${updates.length - mostUpdates} more updates; --json has them all.\n`]
      : [];
  const none = updates.length === 0 ? ["Nothing moved this weight: the rule leaves its layer alone.\n"] : [];
  const rows = [
    ["It changed by", number(change)],
    ...(alone === null
      ? []
      : [["This sample alone asks", `${number(alone)}, without the optimiser's memory and decay`]]),
    ["Backprop would ask", backprop.asks === null ? "nothing: there is no such loss" : number(backprop.asks)],
    ...(backprop.gradient === null
      ? []
      : [["", `−rate × gradient, the gradient being ${number(backprop.gradient)}`]]),
    ...(backprop.agrees === null ? [] : [["Same direction", backprop.agrees]]),
  ];
  const afresh =
    fresh.length > 0
      ? [`\nBegan afresh, as it is kept for each sample of a batch: ${fresh.join(", ")}.\n`]
      : [];
  return [...head.map((line) => `${line}\n`), ...shown, ...more, ...none, table(rows), ...afresh].join("");
}

function updateText(
  { record, records, phase, heard, before, after, change, memory }: SynapseUpdate,
  many: boolean,
): string {
  const rows = heard.map(({ field, at, index, origin, values }) => [
    `  ${field}`,
    `${where[at]}${index === "own" ? "" : `, with others (${index})`}`,
    origin,
    values.slice(0, mostValues).map(number).join(", ") + (values.length > mostValues ? ", …" : ""),
  ]);
  const title = many
    ? `Update at record ${record} of ${records} (${phase}). It read:`
    : `It read, at record ${record} of ${records} (${phase}):`;
  const kept = memory
    ? `  the optimiser's memory: ${memory.before.map(number).join(", ")} → ${memory.after.map(number).join(", ")}\n`
    : "";
  return `${title}\n${table([["  value", "at", "origin", ""], ...rows])}  weight: ${number(before)} → ${number(after)} (${change >= 0 ? "+" : "−"}${number(Math.abs(change))})\n${kept}\n`;
}

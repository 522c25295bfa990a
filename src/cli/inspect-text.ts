/** What a synapse heard, for people. */
import type { Heard, Inspection, SynapseUpdate } from "../experiment/inspect";
import type { Dataset } from "../task/task";
import { plural, table } from "./text";

/** Updates and values shown; --json has them all. */
const mostUpdates = 6;
const mostValues = 4;

/** Five digits, with a true minus sign, and a power of ten where zeros would hide them. */
function number(value: number): string {
  const rounded = Number(value.toPrecision(5));
  const small = rounded !== 0 && Math.abs(rounded) < 1e-4;
  return (small ? rounded.toExponential() : String(rounded)).replaceAll("-", "−");
}

/** With its sign, as a change has it. */
const signed = (value: number): string => (value > 0 ? `+${number(value)}` : number(value));

const where: Readonly<Record<Heard["at"], string>> = {
  synapse: "this synapse",
  pre: "its pre neuron",
  post: "its post neuron",
  global: "once for all",
};

const others: Readonly<Record<Heard["index"], string>> = {
  own: "",
  dendrite: ", with its post neuron's other synapses",
  layer: ", with its layer",
  batch: ", with the batch",
};

export function inspectionText(dataset: Pick<Dataset, "title">, sample: number, seen: Inspection): string {
  const { rule, weight, layer, pre, post, bias, label, steps, updates, fresh } = seen;
  const name = bias ? `the bias of neuron ${post}` : `synapse ${pre} → ${post}`;
  const head = [
    `${rule} · ${name} of layer ${layer} (${weight})`,
    `${dataset.title}, training sample ${sample}, a ${label}; after ${plural(steps, "step")}, batch 1`,
    "",
  ];
  const shown = updates.slice(0, mostUpdates).map((update) => updateText(update, updates.length > 1));
  const more =
    updates.length > mostUpdates
      ? [`… and ${updates.length - mostUpdates} more updates; --json has them all.\n\n`]
      : [];
  const none =
    updates.length === 0 ? ["Nothing moved this weight: the rule leaves its layer alone.\n\n"] : [];
  const afresh =
    fresh.length > 0
      ? [`\nBegan afresh, as it is kept for each sample of a batch: ${fresh.join(", ")}.\n`]
      : [];
  return [
    ...head.map((line) => `${line}\n`),
    ...shown,
    ...more,
    ...none,
    table(summary(seen)),
    ...afresh,
  ].join("");
}

/** What it came to, beside what backprop would have asked. */
function summary({ updates, change, alone, backprop }: Inspection): string[][] {
  const { gradient, asks, agrees } = backprop;
  const rows = [["It changed by", signed(change)]];
  if (updates.length > 0 && alone !== null)
    rows.push(["This sample alone asks", `${signed(alone)}, without the optimiser's memory and decay`]);
  if (asks === null || gradient === null)
    rows.push(["Backprop would ask", "nothing: no loss reaches this weight"]);
  else
    rows.push([
      "Backprop would ask",
      `${signed(asks)}, which is −rate × gradient, the gradient being ${number(gradient)}`,
    ]);
  if (updates.length > 0 && agrees !== null) rows.push(["Same direction", agrees]);
  return rows;
}

function updateText(
  { record, records, phase, heard, before, after, change, memory }: SynapseUpdate,
  many: boolean,
): string {
  const rows = heard.map((one) => [
    `  ${one.field}`,
    `${where[one.at]}${others[one.index]}`,
    originOf(one),
    one.values.slice(0, mostValues).map(number).join(", ") + (one.values.length > mostValues ? ", …" : ""),
  ]);
  const title = many
    ? `Update at record ${record} of ${records} (${phase}). It read:`
    : `It read, at record ${record} of ${records} (${phase}):`;
  const kept = memory
    ? `  the optimiser's memory: ${memory.before.map(number).join(", ")} → ${memory.after.map(number).join(", ")}\n`
    : "";
  const nothing = heard.length === 0 ? "  nothing but itself\n" : "";
  const told = heard.length > 0 ? table([["  what", "where", "origin", "value"], ...rows]) : nothing;
  return `${title}\n${told}  weight: ${number(before)} → ${number(after)} (${signed(change)})\n${kept}\n`;
}

function originOf({ origin, carrier }: Heard): string {
  if (carrier === null) return origin;
  return `${origin}, by ${carrier === "error" ? "an error field" : "activity itself"}`;
}

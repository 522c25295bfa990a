/** Timeline: a rule's schedule as one lane for each layer, one colour for each verb, and waiting as hatching. */
import type { Schedule, ScheduleRecord } from "../gpu/schedule";
import type { Racer } from "./curves";
import { h } from "./dom";
import { type Block, type Lane, lanesOf } from "./lanes";

/** What the reader hears of a block when pointing at it. */
function told(record: ScheduleRecord): string {
  const reads = [...new Set(record.writes.flatMap(({ from }) => from.map(({ field }) => field.name)))];
  return `${record.verb}: reads ${reads.join(", ")}; writes ${record.writes.map(({ field }) => field.name).join(", ")}`;
}

/** The synapses that a record goes through or changes, as W₂ or B₂; W for what carries activity, B for feedback. */
function synapses({ verb, bind }: ScheduleRecord, weightNames: ReadonlyMap<string, string>): string {
  const fields = verb === "local" ? [] : Object.values(bind).filter(({ name }) => weightNames.has(name));
  const name = fields[0] ? weightNames.get(fields[0].name)! : "";
  return verb === "transport" && name.startsWith("W") ? `${name}ᵀ` : name;
}

/** In a word what a record does that goes through no synapses. */
function doing({ verb, kernel }: ScheduleRecord): string {
  return verb === "pool" ? "loss" : (kernel.split("/")[1] ?? kernel);
}

function at(element: HTMLElement, column: number, row: number): HTMLElement {
  element.style.gridArea = `${row + 1} / ${column + 1}`;
  return element;
}

function block({ record, column }: Block, row: number, names: ReadonlyMap<string, string>): HTMLElement {
  const through = synapses(record, names);
  const text = record.verb === "correlate" ? `Δ${through}` : through || doing(record);
  return at(h("span", { class: `block verb-${record.verb}`, title: told(record) }, text), column, row);
}

function lane(
  { layer, blocks, waiting }: Lane,
  columns: number,
  names: ReadonlyMap<string, string>,
): HTMLElement {
  const cells = waiting.map((column) =>
    at(h("span", { class: "waiting", title: `layer ${layer} waits` }), column, 0),
  );
  const before = (index: number) =>
    blocks.slice(0, index).filter(({ column }) => column === blocks[index]!.column).length;
  const track = h(
    "div",
    { class: "track" },
    ...cells,
    ...blocks.map((own, index) => block(own, before(index), names)),
  );
  track.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  const waits = waiting.length > 0 ? `waits ${waiting.length} of ${columns}` : "never waits";
  return h(
    "div",
    { class: "lane" },
    h("span", { class: "lane-name" }, `Layer ${layer}`, h("small", {}, waits)),
    track,
  );
}

/** The timeline of one rule. */
export function timeline(
  { title }: Racer,
  schedule: Schedule,
  names: ReadonlyMap<string, string>,
): HTMLElement {
  const { columns, lanes } = lanesOf(schedule);
  return h(
    "div",
    { class: "timeline" },
    h("h3", {}, title),
    ...lanes.map((own) => lane(own, columns, names)),
  );
}

/** What the colours and the hatching mean. */
export function timelineKey(): HTMLElement {
  const entry = (kind: string, text: string) =>
    h("li", {}, h("span", { class: `swatch ${kind}`, "aria-hidden": true }), text);
  return h(
    "ul",
    { class: "key" },
    entry("verb-project", "project: activity goes up"),
    entry("verb-pool", "pool: output meets target"),
    entry("verb-transport", "transport: the error goes down"),
    entry("verb-correlate", "correlate: synapses change"),
    entry("verb-local", "local: a neuron’s or synapse’s own affair"),
    entry("waiting", "waiting"),
  );
}

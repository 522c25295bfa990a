/** Timeline: a rule's schedule as one lane for each layer, one colour for each verb, and waiting as hatching. */
import type { Schedule, ScheduleRecord } from "../gpu/schedule";
import type { Racer } from "./curves";
import { h, setText } from "./dom";
import { type Block, type Lane, lanesOf } from "./lanes";
import { rove } from "./rove";

/** What the reader learns of a block by pointing at it, by touch or by focus. */
function told({ verb, writes }: ScheduleRecord, names: ReadonlyMap<string, string>): string {
  const short = (name: string) => names.get(name) ?? name;
  const reads = new Set(writes.flatMap(({ from }) => from.map(({ field }) => short(field.name))));
  return `${verb}: reads ${[...reads].join(", ")}; writes ${writes.map(({ field }) => short(field.name)).join(", ")}`;
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
  const detail = told(record, names);
  const attributes = { class: `block verb-${record.verb}`, "aria-label": `${text}, ${detail}` };
  return at(h("button", { type: "button", ...attributes, "data-told": detail }, text), column, row);
}

function lane(
  { layer, blocks, waiting }: Lane,
  columns: number,
  names: ReadonlyMap<string, string>,
): HTMLElement {
  const cells = waiting.map((column) => at(h("span", { class: "waiting" }), column, 0));
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
  const detail = h(
    "p",
    { class: "timeline-detail" },
    "Point at a block, or tap it, to see what it reads and writes.",
  );
  const rows = h(
    "div",
    { role: "group", "aria-label": `One training step of ${title}; arrow keys lead from block to block` },
    ...lanes.map((own) => lane(own, columns, names)),
  );
  rove(rows, ".block", ({ dataset }) => setText(detail, dataset.told!));
  return h("div", { class: "timeline" }, h("p", { class: "part-title" }, title), rows, detail);
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

/** One rule's card: what the synapse heard under it, what it did, and what backprop would have asked. */
import { h } from "./dom";
import { count, listed, signed } from "./format";
import { swatch } from "./line-swatch";
import { signedBar } from "./signed-bar";
import {
  type HeardThing,
  originOf,
  placeOf,
  type RacerStory,
  type StoryUpdate,
  type SynapseStory,
  whatOf,
} from "./synapse-story";

/** Updates and values shown; the terminal's `engram inspect --json` has them all. */
const mostUpdates = 2;
const mostValues = 4;

/** The magnitude of a full bar, by kind of value: the same for all rules, so that bars can be compared. */
export type Scales = ReadonlyMap<string, number>;

const steps = "steps";
const kindOf = ({ field, at }: HeardThing): string => `${at} ${whatOf(field)}`;

/** The scales that hold all values of all rules. */
export function scalesOf(all: readonly RacerStory[]): Scales {
  const scales = new Map<string, number>();
  const take = (kind: string, ...values: readonly (number | null)[]) =>
    scales.set(kind, Math.max(scales.get(kind) ?? 0, ...values.map((value) => Math.abs(value ?? 0))));
  for (const { story } of all) {
    take(steps, story.change, story.alone, story.backprop.asks);
    for (const one of story.updates.flatMap(({ heard }) => heard)) take(kindOf(one), ...one.values);
  }
  return scales;
}

export function synapseCard({ racer, story }: RacerStory, scales: Scales): HTMLElement {
  const told = story.updates.slice(0, mostUpdates);
  const several = story.updates.length > 1;
  const parts = told.flatMap((update, index) => [
    section(several ? `Update ${index + 1} of ${story.updates.length} read (${update.phase})` : "It read"),
    ...heardRows(update, scales),
  ]);
  return h(
    "section",
    { class: "synapse-card", "data-rule": racer.name, "aria-label": racer.title },
    h(
      "h3",
      {},
      swatch(racer.name),
      racer.title,
      h("small", {}, `after ${count(story.steps)} step${story.steps === 1 ? "" : "s"}`),
    ),
    h("table", { class: "heard" }, h("tbody", {}, ...parts, ...results(story, scales))),
    ...notes(story),
  );
}

function heardRows({ heard }: StoryUpdate, scales: Scales): HTMLElement[] {
  if (heard.length === 0) return [row("nothing", "but its own weight")];
  return heard.map((one) => {
    const shown = one.values.slice(0, mostValues);
    const more = one.values.length > mostValues ? "…" : undefined;
    const line = row(
      whatOf(one.field),
      `${placeOf(one)} · ${originOf(one)}`,
      shown,
      scales.get(kindOf(one)),
      more,
    );
    line.dataset.field = one.field;
    line.dataset.origin = one.origin;
    if (one.carrier) line.dataset.carrier = one.carrier;
    return line;
  });
}

function results({ updates, change, alone, backprop }: SynapseStory, scales: Scales): HTMLElement[] {
  const most = scales.get(steps);
  const first = updates[0];
  const named = (name: string, line: HTMLElement) => {
    line.dataset.result = name;
    return line;
  };
  const did = first
    ? [
        named("change", row("its change", `the weight was ${signed(first.before)}`, [change], most)),
        ...(alone === null
          ? []
          : [named("alone", row("this sample’s step", "without the optimiser’s memory", [alone], most))]),
      ]
    : [row("nothing", "the rule leaves this layer alone")];
  const { asks } = backprop;
  const asked =
    asks === null
      ? row("nothing", "no loss reaches this weight")
      : row("−rate × gradient", "of this sample’s loss", [asks], most);
  return [
    section("It did"),
    ...did,
    section("Backprop would have asked"),
    named("asks", asked),
    verdict(backprop),
  ];
}

const verdicts = {
  yes: ["Yes", "agrees-yes"],
  no: ["No", "agrees-no"],
  "neither moves": ["Neither moves it", "agrees-neither"],
} as const;

function verdict({ agrees }: SynapseStory["backprop"]): HTMLElement {
  const [text, kind] = agrees === null ? (["Can’t be said", "agrees-neither"] as const) : verdicts[agrees];
  return h(
    "tr",
    { class: "heard-verdict", "data-agrees": agrees ?? "" },
    h("th", { scope: "row" }, "Do they agree?", h("small", {}, "this step and backprop’s")),
    h("td", { colspan: 2 }, h("span", { class: `verdict ${kind}` }, text)),
  );
}

const section = (title: string): HTMLElement =>
  h("tr", {}, h("th", { scope: "rowgroup", colspan: 3, class: "heard-part" }, title));

function row(
  what: string,
  how: string,
  values: readonly number[] = [],
  most = 0,
  more?: string,
): HTMLTableRowElement {
  const lines = (each: (value: number) => Node | string) =>
    values.map((value) => h("span", { class: "heard-line" }, each(value)));
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, what, h("small", {}, how)),
    h("td", { class: "heard-bars" }, ...lines((value) => signedBar(value, most))),
    h("td", { class: "heard-values" }, ...lines(signed), ...(more ? [more] : [])),
  );
}

function notes({ updates, fresh }: SynapseStory): HTMLElement[] {
  const more = updates.length - mostUpdates;
  const told = [
    ...(more > 0 ? [`${count(more)} more update${more === 1 ? "" : "s"} followed in the same step.`] : []),
    ...(fresh.length > 0
      ? [`Kept for each sample of a batch, so begun afresh here: ${listed(fresh.map(whatOf))}.`]
      : []),
  ];
  return told.map((text) => h("p", { class: "heard-note" }, text));
}

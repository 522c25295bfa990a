/** What both rules ask of a synapse from the inputs, as the audit derives it from their schedules. */
import { audit } from "../../src/audit/audit";
import { h } from "../../src/view/dom";
import type { Model } from "./model";

const synapse = "input-hidden/weight";

export interface Asked {
  /** Weights that it has to know of. */
  readonly weights: readonly string[];
  /** Earlier states of its neurons that have to be there still. */
  readonly past: number;
  /** Whether anything goes against the order of time. */
  readonly backward: boolean;
  readonly teacher: string;
}

/** @throws where the schedule has no such synapse */
export function askedOf(model: Model): Asked {
  const found = audit(model.apart()).find(({ weight }) => weight === synapse);
  if (!found) throw new Error(`The schedule should move ${synapse}, but does not.`);
  const { weightTransport, locking, teaching } = found;
  return {
    weights: weightTransport.map(({ weight }) => weight),
    past: locking.superseded,
    backward: locking.phases.includes("backward"),
    teacher: teaching
      ? `${teaching.kind}, from ${teaching.distance} layer${teaching.distance === 1 ? "" : "s"} away`
      : "nobody",
  };
}

const names: Readonly<Record<string, string>> = {
  "hidden-output/weight": "those from the hidden neurons to the outputs",
};

const verdict = (yes: boolean) =>
  h("span", { class: `verdict ${yes ? "verdict-yes" : "verdict-no"}` }, yes ? "Yes" : "No");

const questions: readonly [question: string, name: string, (asked: Asked) => (Node | string)[]][] = [
  [
    "Must the past be kept?",
    "past versions",
    ({ past }) => [
      verdict(past > 0),
      past > 0 ? ` ${past} earlier states, from each step of the trial` : " no state but the present one",
    ],
  ],
  [
    "Must time run backwards?",
    "replay",
    ({ backward }) => [
      verdict(backward),
      backward ? " from the last step to the first, once it is over" : " it learns as time goes by",
    ],
  ],
  [
    "Must it know another synapse’s weight?",
    "weight transport",
    ({ weights }) => [
      verdict(weights.length > 0),
      ` ${weights.map((weight) => names[weight] ?? weight).join(", ")}`,
    ],
  ],
  [
    "Who teaches it?",
    "teaching signal",
    ({ teacher }) => [teacher.replace(/^./, (one) => one.toUpperCase())],
  ],
];

/** A row for each model. Roles are spelled out, as a phone lays the table out in blocks, which drops them. */
export function askedTable(
  rows: readonly (readonly [name: string, model: Model, asked: Asked])[],
): HTMLElement {
  const corner = h("span", { class: "visually-hidden" }, "Rule");
  const head = questions.map(([question, name]) =>
    h("th", { scope: "col", role: "columnheader" }, question, h("small", {}, name)),
  );
  const body = rows.map(([name, model, asked]) => {
    const swatch = h("span", { class: "time-swatch" });
    swatch.style.background = `var(${model.colour})`;
    return h(
      "tr",
      { "data-model": name, role: "row" },
      h("th", { scope: "row", role: "rowheader" }, swatch, model.rule),
      ...questions.map(([question, , answer]) =>
        h("td", { "data-question": question, role: "cell" }, h("div", {}, ...answer(asked))),
      ),
    );
  });
  return h(
    "table",
    { class: "audit", role: "table", "aria-labelledby": "time-asked-title" },
    h(
      "thead",
      { role: "rowgroup" },
      h("tr", { role: "row" }, h("th", { scope: "col", role: "columnheader" }, corner), ...head),
    ),
    h("tbody", { role: "rowgroup" }, ...body),
  );
}

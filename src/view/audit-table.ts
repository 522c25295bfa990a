/** The audit as a table: what each rule asks of a synapse, in four questions. */
import type { AuditReport } from "../audit/report";
import type { Racer } from "./curves";
import { h } from "./dom";
import { swatch } from "./line-swatch";

const questions: readonly (readonly [question: string, name: string, key: keyof AuditReport["summary"]])[] = [
  ["Must it know another synapse’s weight?", "weight transport", "weightTransport"],
  ["Whom must it wait for?", "update locking", "updateLocking"],
  ["What does it hear?", "locality", "locality"],
  ["Who teaches it?", "teaching signal", "teachingSignal"],
];

/**
 * Roles are spelled out, as a phone lays the table out in blocks, which drops them.
 * @param names short names of synapse fields, which replace the long ones
 */
export function auditTable(
  reports: readonly { readonly racer: Racer; readonly report: AuditReport }[],
  names: ReadonlyMap<string, string>,
): HTMLElement {
  const head = questions.map(([question, name]) =>
    h("th", { scope: "col", role: "columnheader" }, question, h("small", {}, name)),
  );
  const rows = reports.map(({ racer, report }) =>
    h(
      "tr",
      { "data-rule": racer.name, role: "row" },
      h("th", { scope: "row", role: "rowheader" }, swatch(racer.name), racer.title),
      ...questions.map(([question, , key]) =>
        h(
          "td",
          { "data-question": question, role: "cell" },
          ...answer(key, shortened(report.summary[key], names)),
        ),
      ),
    ),
  );
  const corner = h(
    "th",
    { scope: "col", role: "columnheader" },
    h("span", { class: "visually-hidden" }, "Rule"),
  );
  return h(
    "table",
    { class: "audit", role: "table", "aria-label": "What each rule asks of a synapse" },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, corner, ...head)),
    h("tbody", { role: "rowgroup" }, ...rows),
  );
}

function answer(key: keyof AuditReport["summary"], text: string): (Node | string)[] {
  if (key !== "weightTransport") return [sentence(text)];
  const none = text === "none";
  const verdict = h("span", { class: `verdict ${none ? "verdict-no" : "verdict-yes"}` }, none ? "No" : "Yes");
  return none ? [verdict] : [verdict, ` ${text}`];
}

const shortened = (text: string, names: ReadonlyMap<string, string>): string =>
  [...names].reduce((all, [long, short]) => all.replaceAll(long, short), text);

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Depths of a rule: its schedule, what the audit derives from that, and the very files that run on this page. */
import { auditRule } from "../../src/experiment/audit";
import { rules } from "../../src/experiment/rules";
import { trainingStep } from "../../src/experiment/schedules";
import { network } from "../../src/net/network";
import type { Rule } from "../../src/net/rule";
import { auditTable } from "../../src/view/audit-table";
import { h } from "../../src/view/dom";
import { synapseNames } from "../../src/view/synapse-names";
import { timeline } from "../../src/view/timeline";

const files = import.meta.glob<string>(
  ["../../src/{rule,plasticity,neuron}/*.ts", "../../shaders/{rule,plasticity,neuron}/*.wgsl"],
  { query: "?raw", import: "default" },
);

/** A rule of layers stands on two hidden ones here, so that waiting can be seen; shallow ones on none. */
const [deep, flat] = [
  [784, 96, 48, 10],
  [784, 10],
];
/** Where neurons settle long, more turns would only repeat the picture. */
const mostTurns = { steps: 4, free: 4, nudged: 2 };

/** @param name a rule's, a plasticity's or a neuron model's */
export async function depthsOf(name: string): Promise<HTMLElement> {
  const rule = rules.find((one) => one.name === name);
  const paths = Object.keys(files).filter(
    (path) =>
      path
        .split("/")
        .at(-1)!
        .replace(/\.(ts|wgsl)$/, "") === name,
  );
  const sources = await Promise.all(paths.map(async (path) => source(path, await files[path]!())));
  return h("section", { class: "depth" }, ...(rule ? derived(rule) : [title(name)]), ...sources);
}

const title = (text: string) => h("p", { class: "part-title" }, text);

function derived(rule: Rule): HTMLElement[] {
  const layers = rule.shallow ? flat : deep;
  const options = Object.fromEntries(
    Object.entries(mostTurns).filter(([option]) => Object.hasOwn(rule.options ?? {}, option)),
  );
  const net = network({ layers, ...(rule.start && { start: rule.start }) });
  const { schedule } = trainingStep(rule, net, "sgd", 1, { options });
  const names = synapseNames(schedule, net);
  const racer = { name: rule.name, title: rule.title };
  return [
    h("p", {}, h("strong", {}, rule.title), ". ", rule.summary, " ", h("cite", {}, rule.source), "."),
    timeline(racer, schedule, names),
    auditTable([{ racer, report: auditRule(rule, { layers, options }) }], names),
  ];
}

function source(path: string, text: string): HTMLElement {
  const short = path.replace(/^(\.\.\/)+/, "");
  const lines = text.trimEnd().split("\n").length;
  return h(
    "details",
    { class: "source" },
    h("summary", {}, h("code", {}, short), ` ${lines} lines`),
    h("pre", { tabindex: 0, role: "region", "aria-label": short }, h("code", {}, text)),
  );
}

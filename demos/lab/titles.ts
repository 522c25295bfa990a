/** Titles: what runs are called, so that no two on a chart are called the same: the rule, and what sets a run apart. */
import { findRule } from "../../src/experiment/rules";
import type { Racer } from "../../src/view/curves";
import { looksOf } from "../../src/view/palette";
import { parametersFor, type RunSpec } from "./spec";

/** What may set runs of one rule apart, as words that stand for it. */
function marks(spec: RunSpec): Record<string, string> {
  const { hidden, activation, output, optimizer, batch, seed, values, options } = spec;
  const parameters = Object.entries(parametersFor(spec)).map(([name, { default: usual }]) => [
    name,
    `${name} ${values[name] ?? usual}`,
  ]);
  const choices = Object.entries(findRule(spec.rule).options ?? {}).map(([name, { default: usual }]) => {
    const value = options[name] ?? usual;
    return [`option ${name}`, typeof value === "number" ? `${name} ${value}` : value];
  });
  return {
    hidden: hidden.length > 0 ? hidden.join("–") : "no hidden layer",
    activation,
    output: `${output} output`,
    optimizer,
    batch: `batch ${batch}`,
    seed: `seed ${seed}`,
    ...Object.fromEntries([...parameters, ...choices]),
  };
}

/** One for each run, in order. */
export function titlesOf(specs: readonly RunSpec[]): string[] {
  const all = specs.map(marks);
  const plain = specs.map(({ rule }, index) => {
    const kin = specs.flatMap((other, at) => (other.rule === rule && at !== index ? [all[at]!] : []));
    const mine = all[index]!;
    const apart = Object.keys(mine).filter((name) => kin.some((other) => other[name] !== mine[name]));
    return [findRule(rule).title, ...apart.map((name) => mine[name]!)].join(", ");
  });
  return plain.map((title, index) => {
    const before = plain.slice(0, index).filter((other) => other === title).length;
    return before > 0 ? `${title} (${before + 1})` : title;
  });
}

/** What the charts need to know of runs that are drawn. */
export function racersOf(
  runs: readonly { readonly id: number; readonly spec: RunSpec }[],
): (Racer & { readonly id: number })[] {
  const specs = runs.map(({ spec }) => spec);
  const titles = titlesOf(specs);
  const looks = looksOf(specs.map(({ rule }) => rule));
  return runs.map(({ id }, index) => ({ id, name: `run ${id}`, title: titles[index]!, look: looks[index]! }));
}

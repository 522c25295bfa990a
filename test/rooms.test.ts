/** The arrows between rooms, as the design draws them. Oracle: the import lines of src and demos. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

function filesUnder(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|html)$/.test(name))
    .map((name) => join(folder, name));
}

const anImport =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|import\.meta\.glob(?:<.*?>)?\(\s*|\bsrc=)["'`]([^"'`]+)["'`]/g;

/** What a file imports: places of ours by their path from the root, packages by name. */
function importsOf(file: string): string[] {
  return [...readFileSync(join(root, file), "utf8").matchAll(anImport)].map(([, name]) =>
    name!.startsWith(".") ? relative(root, resolve(root, dirname(file), name!)) : name!.replace(/^\//, ""),
  );
}

const room = (path: string) => /^src\/([a-z]+)\//.exec(path)?.[1];

/** The rooms that each may use beside itself. */
const mayUse: Record<string, readonly string[]> = {
  gpu: [],
  net: ["gpu"],
  rule: ["net", "gpu"],
  neuron: ["net", "gpu"],
  plasticity: ["net", "gpu"],
  audit: ["net", "gpu"],
  expression: ["gpu"],
  task: ["gpu"],
  experiment: ["audit", "expression", "gpu", "net", "neuron", "plasticity", "rule", "task"],
  view: ["audit", "gpu", "net", "neuron", "plasticity", "rule", "task"],
  cli: ["audit", "experiment", "gpu", "net", "neuron", "plasticity", "rule", "task"],
};

describe.each(Object.keys(mayUse))("src/%s", (name) => {
  it("uses only the rooms that it may", () => {
    for (const file of filesUnder(`src/${name}`))
      for (const used of importsOf(file).map(room)) {
        if (used === undefined || used === name) continue;
        expect(mayUse[name], `${file} imports from src/${used}`).toContain(used);
      }
  });
});

it("rules never import rules", () => {
  for (const file of filesUnder("src/rule"))
    expect(
      importsOf(file).filter((path) => room(path) === "rule"),
      file,
    ).toEqual([]);
});

it("only the view knows the DOM, and only cli knows Node", () => {
  const dom = /\b(document|window|HTMLElement|HTML\w+Element|localStorage|requestAnimationFrame)\b[.\s,;)(]/;
  for (const name of ["gpu", "net", "rule", "audit", "expression", "experiment"])
    for (const file of filesUnder(`src/${name}`)) {
      const code = readFileSync(join(root, file), "utf8").replace(
        /\/\*[\s\S]*?\*\/|\/\/.*|"[^"\n]*"|`[^`]*`/g,
        "",
      );
      expect(dom.exec(code)?.[0], `${file} knows the DOM`).toBeUndefined();
      expect(
        importsOf(file).filter((path) => path.startsWith("node:")),
        file,
      ).toEqual([]);
    }
});

it("sees the imports that there are", () => {
  expect(importsOf("src/rule/backprop.ts")).toEqual(["src/net/backward", "src/net/rule"]);
  expect(importsOf("src/experiment/rules.ts")).toContain("src/rule/*.ts");
});

/**
 * Files: a rule (or a neuron model) written in the workbench as the two files that the repository wants. Put into its folders they
 * run as the live one does: both go through src/net/local-rule.ts (or the spiking library), with the same WGSL.
 */

import { advanceWgsl, usedParams } from "./neuron-wgsl";
import { changeArguments, changeWgsl } from "./rule-wgsl";
import type { NeuronProgram, Param, RuleProgram } from "./syntax";

export interface SourceFile {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

const source = "written in Engram’s workbench";

/** `my-rule` as `myRule`; what JavaScript keeps for itself gets an ending. */
export function identifierOf(name: string): string {
  const camel = name.replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return reserved.has(camel) ? `${camel}Model` : camel;
}

const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super switch
  this throw true try typeof undefined var void while with yield change`.split(/\s+/),
);

/** What is amiss with a name for files, in a sentence, if anything is. @param taken names that others have already */
export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40)
    return `Expected a name of at most 40 small letters, digits and single hyphens that begins with a letter, such as my-rule, but got ${JSON.stringify(name.slice(0, 60))}; change it.`;
  if (taken.includes(name))
    return `Expected a name of its own, but there is ${name} already, and its file would be replaced; choose another.`;
  return undefined;
}

/** For people: `my-rule` as `My rule`. */
export const titleOf = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");

/** The text as a person wrote it, safe within a comment. */
const quoted = (text: string): string[] =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.replaceAll("*/", "* /").trimEnd());

const paramLines = (params: readonly Param[], unit: boolean) =>
  params.map(
    ({ name, value, min, max }) =>
      `    ${name}: { default: ${value}, min: ${min}, max: ${max}, ${unit ? 'unit: "", ' : ""}about: "${name}, a number of its own" },`,
  );

const imported = (what: string, from: string) => `import ${what} from "../${from}";`;

const comment = (title: string, text: string) => [
  "/**",
  ` * ${title}, as it was written:`,
  " *",
  ...quoted(text).map((line) => ` *     ${line}`.trimEnd()),
  " */",
];

/** The rate under momentum that makes steps of about the same length: each is felt ten times. */
const gentler = (rate: number): number => Number((rate / 10).toPrecision(6));

/**
 * @param name as `nameProblem` wants it
 * @param rate that the rule starts with under plain steps, where it has no `rate` of its own
 */
export function ruleFiles(
  program: RuleProgram,
  name: string,
  rate: number,
): readonly [SourceFile, SourceFile] {
  const title = titleOf(name);
  const seen = changeArguments(program).filter((one) => !program.params.some((param) => param.name === one));
  const summary = `A rule of one line over ${seen.length > 0 ? seen.join(", ") : "nothing that a synapse sees"}.`;
  const ownRate = program.uses.has("rate");
  const text = [
    imported("{ learnLocally, localParams }", "net/local-rule"),
    imported("{ defineRule }", "net/rule"),
    "",
    `const change = "rule/${name}";`,
    "",
    ...comment(title, program.text),
    `export const ${identifierOf(name)} = defineRule({`,
    `  name: "${name}",`,
    `  title: "${title}",`,
    `  summary: ${JSON.stringify(summary)},`,
    `  source: "${source}",`,
    ...(program.params.length === 0
      ? ["  params: localParams(change),"]
      : ["  params: {", "    ...localParams(change),", ...paramLines(program.params, false), "  },"]),
    ...(ownRate ? [] : [`  defaults: { sgd: { rate: ${rate} }, momentum: { rate: ${gentler(rate)} } },`]),
    "  fields: {},",
    "  schedule: (step) => learnLocally(step, change),",
    "});",
    "",
  ];
  const head = [`${title}, ${source}:`, ...quoted(program.text).map((line) => `  ${line}`)];
  return [
    { path: `src/rule/${name}.ts`, text: text.join("\n") },
    { path: `shaders/rule/${name}.wgsl`, text: changeWgsl(program, head) },
  ];
}

/** @param name as `nameProblem` wants it */
export function neuronFiles(program: NeuronProgram, name: string): readonly [SourceFile, SourceFile] {
  const title = titleOf(name);
  const given = usedParams(program).map((one) => `${one}: p.${one}!`);
  const state = program.state.map(
    (one) => `    ${one.name}: { initial: ${JSON.stringify(one.start)}, unit: "", about: "${one.name}" },`,
  );
  const text = [
    imported("type { NeuronModel }", "net/spiking/model"),
    "",
    ...comment(title, program.text),
    `export const ${identifierOf(name)}: NeuronModel = {`,
    `  name: "${name}",`,
    `  about: "A neuron of ${program.state.length} equation${program.state.length === 1 ? "" : "s"}, stepped by the midpoint method.",`,
    `  source: "${source}",`,
    "  params: {",
    ...paramLines(program.params, true),
    '    current: { default: 0, unit: "", about: "constant input" },',
    "  },",
    "  state: {",
    ...state,
    "  },",
    '  ports: ["input"],',
    `  derive: (p, dt) => ({ ${[...given, "current: p.current!", "dt"].join(", ")} }),`,
    `  shader: "neuron/${name}",`,
    "};",
    "",
  ];
  const head = [`${title}, ${source}:`, ...quoted(program.text).map((line) => `  ${line}`)];
  return [
    { path: `src/neuron/${name}.ts`, text: text.join("\n") },
    { path: `shaders/neuron/${name}.wgsl`, text: advanceWgsl(program, head) },
  ];
}

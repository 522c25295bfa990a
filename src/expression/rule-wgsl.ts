/** A rule's `fn change`: what a synapse sees by name, then the rule's own numbers. */
import { seenList } from "./rule";
import type { RuleProgram } from "./syntax";
import { WgslWriter } from "./wgsl";

/** The arguments of the change, in order: only what it uses. */
export function changeArguments({ uses, params }: RuleProgram): string[] {
  return [...seenList, ...params.map(({ name }) => name)].filter((name) => uses.has(name));
}

/** @param head comment lines, without their slashes */
export function changeWgsl(program: RuleProgram, head: readonly string[] = []): string {
  const writer = new WgslWriter();
  const lets = writer.lets(program.lets);
  const change = writer.write(program.change);
  const all = changeArguments(program)
    .map((name) => `${name}: f32`)
    .join(", ");
  return [
    ...head.map((line) => `// ${line}`.trimEnd()),
    ...writer.helpers(),
    `fn change(${all}) -> f32 {`,
    ...lets,
    `  return ${change};`,
    "}",
    "",
  ].join("\n");
}

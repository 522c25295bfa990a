/**
 * Custom rules: what a person has written in the language of src/expression as a rule that trains. It goes the way of every
 * other rule (a schedule of records, WGSL for its change), so its audit is derived and not asserted.
 */
import { changeWgsl } from "../expression/rule-wgsl";
import type { RuleProgram } from "../expression/syntax";
import { learnLocally, localParams } from "../net/local-rule";
import { defineRule, type Rule } from "../net/rule";

export interface CustomOptions {
  /** As the rule is known by; default `yours`. */
  readonly name?: string;
  /** For people; default `Your rule`. */
  readonly title?: string;
  /** Learning rate under plain steps, where the rule has no `rate` of its own; default 0.001. */
  readonly rate?: number;
}

/** A rule in no folder: its parameters are the text's, with their ranges. */
export function customRule(
  program: RuleProgram,
  { name = "yours", title = "Your rule", rate = 0.001 }: CustomOptions = {},
): Rule {
  const change = { name: `${name}: fn change`, text: changeWgsl(program) };
  const own = program.params.map(
    ({ name: of, value, min, max }) => [of, { default: value, min, max, about: `${of} of ${name}` }] as const,
  );
  return defineRule({
    name,
    title,
    summary: "A rule that somebody has written.",
    source: "the workbench",
    params: { ...localParams(change), ...Object.fromEntries(own) },
    ...(!program.uses.has("rate") && { defaults: { sgd: { rate }, momentum: { rate: rate / 10 } } }),
    fields: {},
    schedule: (step) => learnLocally(step, change),
  });
}

/** Every rule, found by glob: adding one touches src/rule and nothing else. */
import { unknownName } from "../gpu/name";
import {
  type OptimiserName,
  optimiserNames,
  optimisers,
  type Parameters,
  type Values,
} from "../net/optimiser";
import type { Choice, Chosen, Count, Rule } from "../net/rule";
import type { Writer } from "../net/synapses";

const modules = import.meta.glob<Record<string, Rule>>("../rule/*.ts", { eager: true });

/** All rules; backprop first, as the one that the others are measured against, then by name. */
export const rules: readonly Rule[] = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter((exported) => typeof exported.write === "function") // and not what works on other networks than layers
  .sort(
    (a, b) => Number(b.name === "backprop") - Number(a.name === "backprop") || a.name.localeCompare(b.name),
  );

/** @throws when there is none of that name, with the nearest that there is */
export function findRule(name: string): Rule {
  const rule = rules.find((candidate) => candidate.name === name);
  if (!rule)
    throw new Error(
      unknownName(
        "rule",
        name,
        rules.map((candidate) => candidate.name),
      ),
    );
  return rule;
}

/** A rule as it is, or the one of that name. @throws as `findRule` */
export const ruleOf = (rule: string | Rule): Rule => (typeof rule === "string" ? findRule(rule) : rule);

/** @throws when the rule can't teach a network of these layers */
export function checkDepth({ name, shallow }: Rule, layers: readonly number[]): void {
  if (shallow && layers.length > 2)
    throw new Error(
      `${name} has no way to teach hidden layers, but layers is [${layers}]; give layers of inputs and outputs only, such as [${layers[0]},${layers.at(-1)}].`,
    );
}

/** @throws when there is none of that name */
export function checkOptimiser(name: string): OptimiserName {
  if (!Object.hasOwn(optimisers, name)) throw new Error(unknownName("optimizer", name, optimiserNames));
  return name as OptimiserName;
}

/** Everything that can be set for a rule under an optimiser, with the defaults that hold for it. */
export function parametersOf(rule: Rule, optimiser: OptimiserName): Parameters {
  const all: Parameters = { ...optimisers[optimiser].params, ...rule.params };
  const changed = rule.defaults?.[optimiser] ?? {};
  return Object.fromEntries(
    Object.entries(all).map(([name, parameter]) => [
      name,
      { ...parameter, default: changed[name] ?? parameter.default },
    ]),
  );
}

/**
 * What each of several rules takes of the numbers told to all of them, by the rule's name: those it has a parameter for.
 * @throws when no rule has a parameter of that name, or a value is out of a rule's range
 */
export function shareValues(
  sharers: readonly Rule[],
  optimiser: OptimiserName,
  told: Values = {},
): Map<string, Values> {
  const known = sharers.map((rule) => [rule, parametersOf(rule, optimiser)] as const);
  const names = [...new Set(known.flatMap(([, parameters]) => Object.keys(parameters)))];
  const stray = Object.keys(told).find((name) => !names.includes(name));
  if (stray !== undefined)
    throw new Error(
      unknownName(
        `parameter of ${sharers.map(({ name }) => name).join(", ")} with ${optimiser}`,
        stray,
        names,
      ),
    );
  return new Map(
    known.map(([rule, parameters]) => {
      const own = Object.fromEntries(
        Object.entries(told).filter(([name]) => Object.hasOwn(parameters, name)),
      );
      resolveValues(rule, optimiser, own);
      return [rule.name, own];
    }),
  );
}

/**
 * The numbers that a rule runs with: its defaults, changed as told.
 * @throws when a name is not the rule's or a value is out of its range
 */
export function resolveValues(rule: Rule, optimiser: OptimiserName, told: Values = {}): Values {
  const parameters = parametersOf(rule, optimiser);
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]),
  );
  for (const [name, value] of Object.entries(told)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!parameter)
      throw new Error(
        unknownName(`parameter of ${rule.name} with ${optimiser}`, name, Object.keys(parameters)),
      );
    if (!Number.isFinite(value) || value < parameter.min || value > parameter.max)
      throw new Error(
        `The ${parameter.about} "${name}" of ${rule.name} must be a number from ${parameter.min} to ${parameter.max}, but got ${value}.`,
      );
    values[name] = value;
  }
  return values;
}

const isChoice = (option: Count | Choice): option is Choice => "choices" in option;

/**
 * What shapes a rule's schedule: the defaults of its options, changed as told.
 * @throws when a name is not one of the rule's options, or a value not one that it takes
 */
export function resolveOptions(rule: Rule, told: Chosen = {}): Chosen {
  const options = rule.options ?? {};
  const chosen = Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));
  for (const [name, value] of Object.entries(told)) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option && name === "readout")
      throw new Error(`${rule.name} has a readout of its own, its output layer; leave readout out.`);
    if (!option) throw new Error(unknownName(`option of ${rule.name}`, name, Object.keys(options)));
    if (isChoice(option) && !option.choices.includes(String(value)))
      throw new Error(unknownName(`${name} of ${rule.name}`, String(value), option.choices));
    if (
      !isChoice(option) &&
      !(Number.isInteger(value) && Number(value) >= option.min && Number(value) <= option.max)
    )
      throw new Error(
        `The ${option.about} "${name}" of ${rule.name} must be a whole number from ${option.min} to ${option.max}, but got ${value}.`,
      );
    chosen[name] = value;
  }
  return chosen;
}

/** What a builder must know of a rule. @throws as `resolveOptions` */
export function writerOf(rule: Rule, told?: Chosen): Writer {
  const options = resolveOptions(rule, told);
  const { incremental = false, params } = rule;
  return {
    params,
    options,
    incremental: typeof incremental === "function" ? incremental(options as never) : incremental,
  };
}

/**
 * What each of several rules takes of the options told to all of them, by the rule's name.
 * @throws when none has an option of that name, or a value is not one that a rule takes
 */
export function shareOptions(sharers: readonly Rule[], told: Chosen = {}): Map<string, Chosen> {
  const names = [...new Set(sharers.flatMap(({ options = {} }) => Object.keys(options)))];
  const stray = Object.keys(told).find((name) => !names.includes(name));
  if (stray !== undefined) {
    if (sharers.length === 1) resolveOptions(sharers[0]!, { [stray]: told[stray]! });
    throw new Error(unknownName(`option of ${sharers.map(({ name }) => name).join(", ")}`, stray, names));
  }
  return new Map(
    sharers.map((rule) => {
      const own = Object.fromEntries(
        Object.entries(told).filter(([name]) => Object.hasOwn(rule.options ?? {}, name)),
      );
      resolveOptions(rule, own);
      return [rule.name, own];
    }),
  );
}

/** @throws when a seed can't key the random numbers */
export function checkSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new Error(`The seed must be a whole number from 0 to ${0xffffffff}, but got ${seed}.`);
}

/**
 * Address: the plan as the page's search, and back. What comes in is not to be believed: each part is parsed by itself, a bad
 * one is said and left out, and the rest still holds.
 *
 * `?rule=backprop&layers=784-512-10&batch=128&optimizer=momentum&activation=relu&output=softmax&steps=20`, the last an option of
 * the rule; or `?model=cuba-4k&scale=0.5`.
 */
import * as v from "valibot";
import {
  checkPlan,
  isSpiking,
  type LayeredPlan,
  type ProfilePlan,
  type SpikingPlan,
  spikingModels,
} from "../../src/experiment/profile-plan";
import { findRule, rules } from "../../src/experiment/rules";
import { optimiserNames } from "../../src/net/optimiser";
import { activations } from "../../src/net/population";
import { messageOf } from "../../src/view/notice";

/** A whole number as people write it. */
const whole = (least: number, most: number, what: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d{1,10}$/, `${what} is a whole number from ${least} to ${most}`),
    v.transform(Number),
    v.minValue(least, `${what} is a whole number from ${least} to ${most}`),
    v.maxValue(most, `${what} is a whole number from ${least} to ${most}`),
  );

const oneOf = (names: readonly string[], what: string) =>
  v.picklist(names, `${what} is one of ${names.join(", ")}`);

const sizes = "layers are 2 to 12 whole numbers from input to output, such as 784-512-10";

/** What each part of a layered plan may be. */
export const parts = {
  rule: oneOf(
    rules.map(({ name }) => name),
    "a rule",
  ),
  layers: v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(140, sizes),
    v.regex(/^[1-9]\d{0,8}([\s,;-]+[1-9]\d{0,8}){1,11}$/, sizes),
    v.transform((text) => text.split(/[\s,;-]+/).map(Number)),
  ),
  batch: whole(1, 65_535, "a batch"),
  optimizer: oneOf(optimiserNames, "an optimizer"),
  activation: oneOf(activations, "an activation"),
  output: oneOf(["softmax", ...activations], "an output"),
} as const;

const spikingParts = {
  model: oneOf(
    spikingModels.map(({ name }) => name),
    "a model",
  ),
  scale: v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d{1,6}(\.\d{1,6})?$/, "a scale is a number above 0, such as 0.5"),
    v.transform(Number),
    v.gtValue(0, "a scale is a number above 0, such as 0.5"),
  ),
} as const;

export interface Read {
  readonly plan: ProfilePlan;
  /** A sentence on each part that could not be used. */
  readonly faults: readonly string[];
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** @param usual what holds where the address says nothing */
export function readAddress(search: string, usual: { layered: LayeredPlan; spiking: SpikingPlan }): Read {
  const given = new URLSearchParams(search);
  const faults: string[] = [];
  const spiking = given.has("model");
  const known: Readonly<Record<string, v.GenericSchema<string, unknown>>> = spiking ? spikingParts : parts;
  const found: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(known)) {
    const text = given.get(name);
    if (text === null) continue;
    const read = v.safeParse(schema, text);
    if (read.success) found[name] = read.output;
    else faults.push(`In the address, “${name}=${shorten(text)}” can’t be used: ${read.issues[0].message}.`);
  }
  const base = spiking ? usual.spiking : usual.layered;
  let plan = { ...base, ...found } as ProfilePlan;
  const others = [...new Set(given.keys())].filter((name) => !Object.hasOwn(known, name));
  if (isSpiking(plan))
    faults.push(...others.map((name) => `In the address, “${shorten(name)}” means nothing here.`));
  else plan = withOptions(plan, others, given, faults);
  try {
    checkPlan(plan);
    return { plan, faults };
  } catch (error) {
    return { plan: base, faults: [...faults, `The address can’t be used as it is: ${messageOf(error)}`] };
  }
}

function withOptions(
  plan: LayeredPlan,
  names: readonly string[],
  given: URLSearchParams,
  faults: string[],
): LayeredPlan {
  const { options: known = {} } = findRule(plan.rule);
  const options: Record<string, number | string> = {};
  for (const name of names) {
    const text = given.get(name) ?? "";
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!option) {
      faults.push(`In the address, “${shorten(name)}” means nothing to ${plan.rule}.`);
      continue;
    }
    const schema = "choices" in option ? oneOf(option.choices, name) : whole(option.min, option.max, name);
    const read = v.safeParse(schema, text);
    if (read.success) options[name] = read.output;
    else faults.push(`In the address, “${name}=${shorten(text)}” can’t be used: ${read.issues[0].message}.`);
  }
  return Object.keys(options).length > 0 ? { ...plan, options } : plan;
}

/** The plan as a search that `readAddress` reads back. */
export function addressOf(plan: ProfilePlan): string {
  if (isSpiking(plan)) return `?${new URLSearchParams({ model: plan.model, scale: String(plan.scale) })}`;
  const { rule, layers, batch, optimizer, activation, output, options = {} } = plan;
  const all = { rule, layers: layers.join("-"), batch, optimizer, activation, output, ...options };
  const told = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `?${new URLSearchParams(told)}`;
}

/**
 * Address: what a person has chosen, as a page's address keeps it: `?model=brunel-stdp&scale=0.25&seed=3&g=4.5&watch=excitatory.7`.
 * What can't be used is left out and told in a sentence, so that one slip loses nothing else.
 */
import * as v from "valibot";
import { unknownName } from "../../src/gpu/name";
import { type Choice, choices } from "./networks";

export interface Neuron {
  readonly population: string;
  readonly neuron: number;
}

export interface Asked {
  readonly choice: Choice;
  readonly scale?: number;
  readonly seed?: number;
  /** Constant or random input from outside, where the model has both. */
  readonly background?: string;
  readonly span?: number;
  readonly pace?: number;
  /** The population that a stimulus goes into. */
  readonly into?: string;
  /** Of a stimulus, spikes/s to each neuron. */
  readonly stimulus?: number;
  /** Where sliders stand that were moved, by key. */
  readonly sliders: Readonly<Record<string, number>>;
  /** Whose membranes are followed. */
  readonly watch?: readonly Neuron[];
}

export interface Read {
  readonly asked: Asked;
  /** A sentence for each thing that could not be used. */
  readonly complaints: readonly string[];
}

export const spans = [100, 300, 1000, 3000];
export const paces = [1, 0.1, 0];
export const mostSeed = 2 ** 32 - 1;

const decimal = v.pipe(v.string(), v.regex(/^-?\d{1,12}(\.\d{1,12})?$/), v.transform(Number));
const between = (low: number, high: number) => v.pipe(decimal, v.minValue(low), v.maxValue(high));
const whole = (low: number, high: number) => v.pipe(decimal, v.integer(), v.minValue(low), v.maxValue(high));
const oneOf = (numbers: readonly number[]) => v.pipe(decimal, v.picklist(numbers));
const neuron = v.pipe(
  v.string(),
  v.regex(/^\w{1,40}\.\d{1,7}$/),
  v.transform((text): Neuron => {
    const [population, number] = text.split(".");
    return { population: population!, neuron: Number(number) };
  }),
);

/**
 * @param search the part of an address from ? on
 * @param opensWith the key of the network where the address names none; one that no network has is told like a bad address
 */
export function readAddress(search: string, opensWith = choices[0]!.key): Read {
  const given = new URLSearchParams(search);
  const complaints: string[] = [];
  const named = given.get("model");
  const choice = found(named ?? opensWith, complaints);
  const read = <T>(name: string, schema: v.GenericSchema<unknown, T>, words: string): T | undefined => {
    const text = given.get(name);
    if (text === null) return undefined;
    const result = v.safeParse(schema, text);
    if (result.success) return result.output;
    complaints.push(
      `The address sets ${name} to “${text.slice(0, 40)}”, but it must be ${words}; it is left out.`,
    );
    return undefined;
  };
  const populations = choice.network(choice.scales[0]!, 1).populations.map(({ name }) => name);
  const backgrounds = choice.model.settings?.background?.choices ?? [];
  const { scales, sliders, pulse } = choice;
  const asked = {
    choice,
    scale: read("scale", oneOf(scales), `one of ${scales.join(", ")}`),
    seed: read("seed", whole(0, mostSeed), `a whole number from 0 to ${mostSeed}`),
    background: read(
      "background",
      v.picklist(backgrounds),
      backgrounds.join(" or ") || "left to this network",
    ),
    span: read("span", oneOf(spans), `one of ${spans.join(", ")}`),
    pace: read("pace", oneOf(paces), `one of ${paces.join(", ")}`),
    into: read("into", v.picklist(["all", ...populations]), `all or one of ${populations.join(", ")}`),
    stimulus: read("stimulus", between(0, pulse.max), `a number from 0 to ${pulse.max}`),
    watch: given.has("watch") ? watched(given.get("watch")!, populations, complaints) : undefined,
  };
  const moved = sliders.flatMap(({ key, min, max }) => {
    const value = read(key, between(min, max), `a number from ${min} to ${max}`);
    return value === undefined ? [] : [[key, value] as const];
  });
  const kept = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { asked: { ...(kept as Partial<Asked>), choice, sliders: Object.fromEntries(moved) }, complaints };
}

/** `brunel` alone is the first of its four. */
function found(name: string, complaints: string[]): Choice {
  const known = choices.find(({ key, model }) => key === name || model.name === name);
  if (known) return known;
  const keys = choices.map(({ key }) => key);
  complaints.push(`${unknownName("model", name, keys)} Here is ${choices[0]!.title}.`);
  return choices[0]!;
}

/** Up to three neurons; how many a population has is for the network to say. */
function watched(
  text: string,
  populations: readonly string[],
  complaints: string[],
): readonly Neuron[] | undefined {
  const parsed = text.split(",").map((part) => v.safeParse(neuron, part));
  const neurons = parsed.flatMap((one) => (one.success ? [one.output] : []));
  const good =
    neurons.length === parsed.length &&
    neurons.length <= 3 &&
    neurons.every(({ population }) => populations.includes(population));
  if (good) return neurons;
  complaints.push(
    `The address sets watch to “${text.slice(0, 40)}”, but it must be up to three neurons, such as ${populations[0]}.7,${populations.at(-1)}.0; it is left out.`,
  );
  return undefined;
}

/** From ? on. */
export function writeAddress({ choice, sliders, watch, ...others }: Asked): string {
  const search = new URLSearchParams({ model: choice.key });
  for (const [name, value] of Object.entries({ ...others, ...sliders }))
    if (value !== undefined) search.set(name, String(value));
  if (watch) search.set("watch", watch.map((one) => `${one.population}.${one.neuron}`).join());
  return `?${search}`.replaceAll("%2C", ",");
}

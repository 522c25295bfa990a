/**
 * State: what a person wrote and chose, as the part of the address behind #, which no server ever sees. What comes in is not to be
 * believed: each part is checked by itself, a bad one is said and left out, and the rest still holds.
 */
import * as v from "valibot";
import { longestText } from "../../src/expression/lexer";
import { neuronExamples, ruleExamples } from "./examples";

export const modes = ["rule", "neuron"] as const;
export const rivals = ["hebb", "oja", "bcm", "sanger", "krotov-hopfield", "soft-hebb"] as const;
export const datas = ["cloud", "digits"] as const;
export const measures = ["angle", "length", "accuracy"] as const;
export const sizes = [1, 4, 16, 64] as const;
export const steps = [0.01, 0.05, 0.1, 0.5, 1] as const;

export interface State {
  readonly mode: (typeof modes)[number];
  /** The text of the rule, and of the neuron. */
  readonly rule: string;
  readonly neuron: string;
  /** The name that downloads go by. */
  readonly name: string;
  readonly beside: (typeof rivals)[number];
  readonly data: (typeof datas)[number];
  readonly show: (typeof measures)[number];
  /** Neurons that learn. */
  readonly neurons: number;
  /** Learning rate of the written rule. */
  readonly rate: number;
  /** The neuron's input, the most of it that the curve shows, and the time step in ms. */
  readonly input: number;
  readonly most: number;
  readonly dt: number;
}

const [firstNeuron] = neuronExamples;

export const usual: State = {
  mode: "rule",
  rule: ruleExamples[0]!.text,
  neuron: firstNeuron!.text,
  name: "my-rule",
  beside: "hebb",
  data: "cloud",
  show: "length",
  neurons: 4,
  rate: 0.02,
  input: firstNeuron!.input,
  most: firstNeuron!.most,
  dt: firstNeuron!.dt,
};

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  v.picklist(names, `it is one of ${names.join(", ")}`);
const oneNumberOf = (all: readonly number[]) =>
  v.pipe(
    v.string(),
    v.regex(/^[\d.]{1,8}$/, `it is one of ${all.join(", ")}`),
    v.transform(Number),
    v.picklist(all, `it is one of ${all.join(", ")}`),
  );
const number = (least: number, most: number) => {
  const what = `it is a number from ${least} to ${most}`;
  return v.pipe(
    v.string(),
    v.regex(/^-?\d{1,12}(\.\d{1,12})?(e[-+]?\d{1,3})?$/, what),
    v.transform(Number),
    v.minValue(least, what),
    v.maxValue(most, what),
  );
};
const text = v.pipe(
  v.string(),
  v.maxLength(longestText, `it may have ${longestText} characters at most`),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  v.regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$/, "it may hold no control characters"),
);

const parts = {
  mode: oneOf(modes),
  rule: text,
  neuron: text,
  name: v.pipe(v.string(), v.maxLength(40, "it may have 40 characters at most")),
  beside: oneOf(rivals),
  data: oneOf(datas),
  show: oneOf(measures),
  neurons: oneNumberOf(sizes),
  rate: number(1e-7, 100),
  input: number(-1e6, 1e6),
  most: number(1e-6, 1e6),
  dt: oneNumberOf(steps),
} as const satisfies Record<keyof State, v.GenericSchema<string, unknown>>;

export interface Read {
  readonly state: State;
  /** Whether the address says anything at all. */
  readonly linked: boolean;
  /** A sentence on each part that could not be used. */
  readonly faults: readonly string[];
}

const shorten = (whole: string): string => (whole.length > 40 ? `${whole.slice(0, 40)}…` : whole);
/** An address beyond this is no link of ours. */
const longestAddress = 40_000;

/** @param hash as `location.hash` has it */
export function readState(hash: string): Read {
  const plain = hash.replace(/^#/, "");
  if (plain === "") return { state: usual, linked: false, faults: [] };
  if (plain.length > longestAddress)
    return {
      state: usual,
      linked: true,
      faults: [
        `The link is ${plain.length} characters long, where ${longestAddress} is the most; ask for a shorter one.`,
      ],
    };
  const given = new URLSearchParams(plain);
  const faults: string[] = [];
  const found: Record<string, unknown> = {};
  for (const name of new Set(given.keys())) {
    if (!Object.hasOwn(parts, name)) {
      faults.push(`In the link, “${shorten(name)}” means nothing here.`);
      continue;
    }
    const read = v.safeParse(parts[name as keyof State], given.get(name));
    if (read.success) found[name] = read.output;
    else
      faults.push(
        `In the link, ${name} can’t be “${shorten(given.get(name)!)}”: ${read.issues[0].message}. The usual one stands in its place.`,
      );
  }
  return { state: { ...usual, ...found } as State, linked: true, faults };
}

/** What differs from the usual, as a hash that `readState` reads back; what was written always stands in it. */
export function hashOf(state: State): string {
  const told = Object.entries(state).filter(
    ([name, value]) => name === state.mode || value !== usual[name as keyof State],
  );
  return `#${new URLSearchParams(told.map(([name, value]) => [name, String(value)]))}`;
}

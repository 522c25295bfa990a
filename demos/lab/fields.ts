/** Fields of an address: each reads untrusted text into a value or says what it should have been, and writes it back. */
import * as v from "valibot";

export interface Field<Value> {
  /** From text to a value, or an issue. */
  readonly schema: v.GenericSchema<string, Value>;
  /** What the text should be, as a sentence goes on after "should be". */
  readonly expected: string;
  write(value: Value): string;
}

const decimal = /^[-+]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})(e[-+]?\d{1,3})?$/i;
const digits = /^\d{1,15}$/;

const asNumber = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern), v.transform(Number));

export function whole(least: number, most: number): Field<number> {
  return {
    schema: v.pipe(asNumber(digits), v.integer(), v.minValue(least), v.maxValue(most)),
    expected: `a whole number from ${least} to ${most}`,
    write: String,
  };
}

export function number(least: number, most: number): Field<number> {
  return {
    schema: v.pipe(asNumber(decimal), v.finite(), v.minValue(least), v.maxValue(most)),
    expected: `a number from ${least} to ${most}`,
    write: String,
  };
}

export function oneOf<Name extends string>(names: readonly Name[]): Field<Name> {
  return {
    schema: v.pipe(
      v.string(),
      v.check((text) => (names as readonly string[]).includes(text)),
      v.transform((text) => text as Name),
    ),
    expected: `one of ${names.join(", ")}`,
    write: (name) => name,
  };
}

export const onOff: Field<boolean> = {
  schema: v.pipe(
    v.picklist(["on", "off"]),
    v.transform((text) => text === "on"),
  ),
  expected: "on or off",
  write: (value) => (value ? "on" : "off"),
} as Field<boolean>;

/** Sizes with commas between, or `none`. */
export function sizes(mostLayers: number, widest: number): Field<readonly number[]> {
  const one = whole(1, widest);
  return {
    schema: v.pipe(
      v.string(),
      v.transform((text) => (text === "none" ? [] : text.split(","))),
      v.array(one.schema),
      v.maxLength(mostLayers),
    ),
    expected: `at most ${mostLayers} sizes from 1 to ${widest} with commas between, or none`,
    write: (list) => (list.length === 0 ? "none" : list.join(",")),
  };
}

/** Text that a predicate accepts. */
export function text(expected: string, accepts: (text: string) => boolean): Field<string> {
  return { schema: v.pipe(v.string(), v.check(accepts)), expected, write: (value) => value };
}

/** Takes down what could not be used, one sentence for each. */
export class Complaints {
  readonly sentences: string[] = [];

  add(sentence: string): void {
    this.sentences.push(sentence);
  }

  /** The value that text stands for; undefined, and a complaint, where it stands for none. */
  read<Value>({ schema, expected }: Field<Value>, what: string, told: string): Value | undefined {
    const result = v.safeParse(schema, told);
    if (result.success) return result.output;
    this.add(`The address has “${shortened(told)}” for ${what}, which should be ${expected}.`);
    return undefined;
  }
}

/** Text of an address, short enough for a sentence. */
export const shortened = (told: string): string => (told.length > 40 ? `${told.slice(0, 40)}…` : told);

/** The text before the first separator, and the text after it. */
export function halves(part: string, separator: string): [string, string] {
  const at = part.indexOf(separator);
  return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
}

/** Commas and colons need no escape behind #, and read better without. */
export const escaped = (value: string): string =>
  encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":");

/** As it stands where the escapes are broken: whoever reads it then finds it wrong. */
export function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

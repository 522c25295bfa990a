/** What was typed, read strictly: flags by parseArgs of node:util, numbers and lists by hand, each fault one sentence. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { unknownName } from "../gpu/name";
import { type Command, type OptionValues, UsageError } from "./command";

/** Every command has these. */
const everywhere = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/**
 * Reads a command's flags, and the word that its `argument` names.
 * @throws UsageError for a flag that is unknown (with the nearest name), lacks its value, or is given twice
 */
export function readOptions(command: Command, args: readonly string[]): OptionValues {
  const options: NonNullable<ParseArgsConfig["options"]> = { ...command.options, ...everywhere };
  // A first look that never fails finds what the strict one would refuse, and says it in our words.
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const seen = new Set<string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") {
      words.push(token.value);
      if (words.length === (command.argument === undefined ? 1 : 2))
        throw new UsageError(
          `engram ${command.name} takes ${command.argument === undefined ? "flags only" : `one ${command.argument}`}, but got "${shorten(token.value)}"${command.argument === undefined ? "" : " as well"}; see engram ${command.name} --help.`,
        );
    }
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const known = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!known) {
      const flags = Object.keys(options).map((flag) => `--${flag}`);
      throw new UsageError(unknownName(`flag of engram ${command.name}`, rawName, flags));
    }
    if (known.type === "boolean" && value !== undefined)
      throw new UsageError(`--${name} takes no value, but got "${shorten(value)}".`);
    if (known.type === "string" && (value === undefined || value === ""))
      throw new UsageError(`--${name} needs a value; see engram ${command.name} --help.`);
    if (known.type === "string" && !token.inlineValue && value?.startsWith("-"))
      throw new UsageError(
        `--${name} needs a value, but is followed by "${shorten(value)}"; a value that begins with a dash is written --${name}=${shorten(value)}.`,
      );
    if (seen.has(name) && !known.multiple) throw new UsageError(`--${name} was given twice; give it once.`);
    seen.add(name);
  }
  const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  return { ...(values as OptionValues), ...(words.length > 0 && { [command.argument!]: words[0]! }) };
}

const shorten = (text: string): string => (text.length > 64 ? `${text.slice(0, 64)}…` : text);

/** A flag's text; undefined when it was not given. */
export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** A number in decimal or scientific notation. @throws UsageError for anything else */
export function parseNumber(flag: string, typed: string): number {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(typed.trim()) ? Number(typed) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new UsageError(`${flag} must be a number, but got "${shorten(typed)}".`);
}

/** A flag that is a whole number from `least` to `most`. @throws UsageError */
export function whole(values: OptionValues, name: string, least: number, most: number): number | undefined {
  const typed = text(values, name);
  if (typed === undefined) return undefined;
  const number = parseNumber(`--${name}`, typed);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new UsageError(
    `--${name} must be a whole number from ${least} to ${most}, but got ${shorten(typed)}.`,
  );
}

/** A flag that is a list of names: `backprop,feedback-alignment`. @throws UsageError when a name is empty or comes twice */
export function names(values: OptionValues, name: string): string[] | undefined {
  const list = text(values, name)
    ?.split(",")
    .map((one) => one.trim());
  if (list?.includes(""))
    throw new UsageError(`--${name} takes names with commas between them, but one is empty.`);
  const twice = list?.find((one, index) => list.indexOf(one) !== index);
  if (twice) throw new UsageError(`--${name} names ${shorten(twice)} twice; name it once.`);
  return list;
}

/** `--layers 784,512,10`. Whether the sizes can be used is for the network to say. @throws UsageError */
export function layerSizes(values: OptionValues): number[] | undefined {
  return text(values, "layers")
    ?.split(",")
    .map((size) => {
      const number = /^\s*[+-]?[\d.]+(e\d+)?\s*$/i.test(size) ? Number(size) : Number.NaN;
      if (!Number.isNaN(number)) return number;
      throw new UsageError(
        `--layers takes sizes from input to output, such as 784,512,10, but got "${shorten(size)}" among them.`,
      );
    });
}

/** `--set name=value` as often as given, and `--rate value`, which is short for `--set rate=value`. @throws UsageError */
export function settings(values: OptionValues): Record<string, string> {
  const given = (values.set ?? []) as readonly string[];
  const rate = text(values, "rate");
  if (rate !== undefined) parseNumber("--rate", rate);
  const told: Record<string, string> = rate === undefined ? {} : { rate };
  for (const one of given) {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(.*)$/.exec(one) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageError(`--set takes name=value, such as rate=0.05, but got "${shorten(one)}".`);
    if (Object.hasOwn(told, name))
      throw new UsageError(`The parameter "${shorten(name)}" was set twice; set it once.`);
    told[name] = value.trim();
  }
  return told;
}

/** Runs a check of what was typed, whose errors are therefore bad usage. */
export function asUsage<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

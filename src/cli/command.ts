/** What a subcommand of the terminal is: `main.ts` parses its options, runs it and prints what it throws. */
import type { ParseArgsConfig } from "node:util";

export type OptionsConfig = NonNullable<ParseArgsConfig["options"]>;

/** Options as given, by name: a string, true, or an array where the option says `multiple`. Absent ones are missing. */
export type OptionValues = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

export interface Context {
  /** Results, for people or for programs; only results. */
  readonly stdout: { write(text: string): unknown };
  /** Progress and notes. `isTTY` and `columns` as in Node. */
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  /** `--json` was given. */
  readonly json: boolean;
}

export interface Command {
  readonly name: string;
  /** Half a line for `engram --help`. */
  readonly summary: string;
  /** The whole text of `engram NAME --help`: usage, options, an example. */
  readonly help: string;
  /** What a single word without a flag is kept as among the values, such as "model"; default none is taken. */
  readonly argument?: string;
  /** As parseArgs of node:util takes them. `json` and `help` are added for every command. */
  readonly options: OptionsConfig;
  /**
   * @returns the exit code; 0 when all went well
   * @throws Error in one sentence for people; UsageError (exit code 2) when what was typed is wrong
   */
  run(values: OptionValues, context: Context): Promise<number>;
}

/** What was typed is not a command that could be run: exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

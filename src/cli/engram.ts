/** The terminal as a function: finds the command, reads its flags, runs it, and says in one sentence what went wrong. */
import { version } from "../../package.json";
import { unknownName } from "../gpu/name";
import { auditCommand } from "./audit";
import { banditCommand } from "./bandit";
import { type Command, type Context, UsageError } from "./command";
import { compareCommand } from "./compare";
import { conditionCommand } from "./conditioning";
import { hopfieldCommand } from "./hopfield";
import { infoCommand } from "./info";
import { inspectCommand } from "./inspect";
import { readOptions } from "./options";
import { presetsCommand } from "./presets";
import { profileCommand } from "./profile";
import { recallCommand } from "./recall";
import { rulesCommand } from "./rules";
import { simulateCommand } from "./simulate";
import { table } from "./text";
import { trainCommand } from "./train";

const commands: readonly Command[] = [
  infoCommand,
  rulesCommand,
  presetsCommand,
  auditCommand,
  inspectCommand,
  trainCommand,
  compareCommand,
  profileCommand,
  hopfieldCommand,
  recallCommand,
  banditCommand,
  conditionCommand,
  simulateCommand,
];

const help = `Engram ${version}: backpropagation and the brain's candidate learning rules, side by side on your GPU.

Usage: engram COMMAND [flags]

${table(commands.map(({ name, summary }) => [`  ${name}`, summary]))}
Each command takes --help, and --json for output that programs can read.

  engram train --rule backprop,feedback-alignment --task digits
  engram audit --rule feedback-alignment --layers 784,512,10

Exit codes: 0 all went well, 1 something failed, 2 what was typed can't be run, 130 interrupted.
`;

type Streams = Pick<Context, "stdout" | "stderr">;

/**
 * Runs what was typed.
 * @param args the words after `engram`
 * @returns the exit code; errors have been told on `stderr`
 */
export async function engram(args: readonly string[], streams: Streams): Promise<number> {
  try {
    return await dispatch(args, streams);
  } catch (error) {
    say(error, streams.stderr);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** One sentence on one line, whatever the message was; the stack for those who ask. */
function say(error: unknown, stderr: Context["stderr"]): void {
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(`engram: ${message.replace(/\s*\n\s*/g, " ")}\n`);
  if (process.env.ENGRAM_DEBUG && error instanceof Error) stderr.write(`${error.stack}\n`);
}

async function dispatch(args: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined) {
    stderr.write(help);
    return 2;
  }
  if (first === "--version" || first === "-v") {
    stdout.write(`${version}\n`);
    return 0;
  }
  const asksHelp = first === "--help" || first === "-h" || first === "help";
  const name = asksHelp ? rest.find((word) => !word.startsWith("-")) : first;
  if (name === undefined) {
    stdout.write(help);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const known = commands.map((candidate) => candidate.name);
    const kind = name.startsWith("-") ? "flag" : "command";
    throw new UsageError(unknownName(kind, name, kind === "flag" ? ["--help", "--version"] : known));
  }
  if (asksHelp || rest.includes("--help") || rest.includes("-h")) {
    stdout.write(`${command.help.trimEnd()}\n`);
    return 0;
  }
  const values = readOptions(command, rest);
  return command.run(values, { stdout, stderr, json: values.json === true });
}

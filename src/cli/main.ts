/** `engram`: finds the command, reads its flags, runs it, and says in one sentence what went wrong. */
import { version } from "../../package.json";
import { unknownName } from "../gpu/name";
import { auditCommand } from "./audit";
import { type Command, UsageError } from "./command";
import { infoCommand } from "./info";
import { readOptions } from "./options";
import { rulesCommand } from "./rules";
import { table } from "./text";
import { trainCommand } from "./train";

const optional = import.meta.glob<{ profileCommand: Command }>("./profile.ts", { eager: true });
const profile = Object.values(optional).map(({ profileCommand }) => profileCommand);
const commands: readonly Command[] = [infoCommand, rulesCommand, auditCommand, trainCommand, ...profile];

const help = `Engram ${version}: backpropagation and the brain's candidate learning rules, side by side on your GPU.

Usage: engram COMMAND [flags]

${table(commands.map(({ name, summary }) => [`  ${name}`, summary]))}
Each command takes --help, and --json for output that programs can read.

  engram train --rule backprop,feedback-alignment --task digits
  engram audit --rule feedback-alignment --layers 784,512,10

Exit codes: 0 all went well, 1 something failed, 2 what was typed can't be run, 130 interrupted.
`;

async function main(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined) {
    process.stderr.write(help);
    return 2;
  }
  if (first === "--version" || first === "-v") {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const asksHelp = first === "--help" || first === "-h" || first === "help";
  const name = asksHelp ? rest.find((word) => !word.startsWith("-")) : first;
  if (name === undefined) {
    process.stdout.write(help);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const known = commands.map((candidate) => candidate.name);
    const kind = name.startsWith("-") ? "flag" : "command";
    throw new UsageError(unknownName(kind, name, kind === "flag" ? ["--help", "--version"] : known));
  }
  if (asksHelp || rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(`${command.help.trimEnd()}\n`);
    return 0;
  }
  const values = readOptions(command, rest);
  return command.run(values, { stdout: process.stdout, stderr: process.stderr, json: values.json === true });
}

/** Ends the process, which Dawn's handles would keep alive, once all that was written has gone out. */
async function end(code: number): Promise<never> {
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))));
  process.exit(code);
}

/** A reader that has seen enough (`| head`) closes the pipe; that is no failure. */
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1));
process.stderr.on("error", () => {});

/** One sentence on one line, whatever the message was; the stack for those who ask. */
function say(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`engram: ${message.replace(/\s*\n\s*/g, " ")}\n`);
  if (process.env.ENGRAM_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

try {
  await end(await main(process.argv.slice(2)));
} catch (error) {
  say(error);
  await end(error instanceof UsageError ? 2 : 1);
}

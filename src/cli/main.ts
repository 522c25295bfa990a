/** The process `engram`: what bin/engram.js starts. */
import { engram } from "./engram";

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1));
process.stderr.on("error", () => {});

const code = await engram(process.argv.slice(2), process);

// Dawn's handles would keep the process alive: it ends once all that was written has gone out.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))),
);
process.exit(code);

/** The process `engram`: what bin/engram.js starts. */
import { engram } from "./engram";
import { settleDevices } from "./open";

// A reader that has seen enough (`| head`) closes the pipe; that is no failure. A command that goes on for long listens.
let left = false;
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
  if (code !== "EPIPE") process.exit(1);
  left = true;
  process.emit("SIGPIPE", "SIGPIPE");
});
process.stderr.on("error", () => {});

const code = await engram(process.argv.slice(2), process);

// Dawn's handles would keep the process alive: it ends once all that was written has gone out, and what the GPU still
// has in hand is done, since a software driver that is torn down at work crashes.
await Promise.all([
  settleDevices(),
  ...[process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))),
]);
process.exit(left ? 0 : code);

#!/usr/bin/env node
import { existsSync } from "node:fs";

const terminal = new URL("../dist/cli.js", import.meta.url);
if (existsSync(terminal)) {
  await import(terminal.href);
} else {
  console.error("engram: the terminal has not been built yet: run `npm run build:library` first.");
  process.exitCode = 1;
}

/** The real terminal, built for the test run into a folder of its own, so that no stale dist is tested. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../chrome";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Terminal {
  /** A folder for the test's files, in which commands run. */
  readonly folder: string;
  run(...args: string[]): Promise<Ended>;
  /** Starts a command and hands it over while it runs. */
  start(args: readonly string[], watch: (child: ChildProcess, stdout: string) => void): Promise<Ended>;
  remove(): void;
}

/** Builds as `npm run build:library` does, beside a copy of bin/engram.js. */
export function buildTerminal(): Terminal {
  const home = mkdtempSync(join(process.env.ENGRAM_TEST_FOLDER ?? tmpdir(), "engram-cli-"));
  const folder = join(home, "work");
  for (const name of ["bin", "dist", "work"]) mkdirSync(join(home, name));
  copyFileSync(join(repository, "bin", "engram.js"), join(home, "bin", "engram.js"));
  copyFileSync(join(repository, "package.json"), join(home, "package.json"));
  symlinkSync(join(repository, "node_modules"), join(home, "node_modules"), "junction");
  const vite = join(repository, "node_modules", "vite", "bin", "vite.js");
  const args = [
    vite,
    "build",
    "--config",
    "vite.library.config.ts",
    "--outDir",
    join(home, "dist"),
    "--logLevel",
    "error",
  ];
  const { NODE_ENV: _, ...env } = process.env;
  execFileSync(process.execPath, args, { cwd: repository, env, stdio: "pipe" });

  const start: Terminal["start"] = (words, watch) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(home, "bin", "engram.js"), ...words], { cwd: folder, env });
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", (data) => {
        stdout += data;
        watch(child, stdout);
      });
      child.stderr.on("data", (data) => (stderr += data));
      child
        .on("error", reject)
        .on("close", (code) => resolve({ code, stdout, stderr: withoutDriver(stderr) }));
    });
  return {
    folder,
    start,
    run: (...words) => start(words, () => {}),
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/** Dawn and drivers write to the process's stderr themselves; what Engram says is kept. */
function withoutDriver(text: string): string {
  const lines = text.split("\n");
  return lines.filter((line) => /^(engram:|epoch |Saved |Stopping |Nothing )/.test(line)).join("\n");
}

/**
 * MNIST as a user would train on it: `engram train` with nothing but rule, task, data, layers and seed. Each run is a line
 * in bench/results/mnist.jsonl, and a run that is there already is not made again, so that hours can be taken in pieces.
 */
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { aims } from "./table";

/** One run: test accuracy after each epoch, and the hidden layer's angles, in degrees, after the last. */
export interface Run {
  readonly rule: string;
  readonly seed: number;
  readonly adapter: string;
  readonly date: string;
  readonly commit: string;
  readonly testAccuracy: readonly number[];
  readonly updateAngle: number | null;
  readonly errorAngle: number | null;
  readonly seconds: number;
}

const results = join(import.meta.dirname, "../results/mnist.jsonl");

export function earlierRuns(): Run[] {
  if (!existsSync(results)) return [];
  return readFileSync(results, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Run);
}

export const rules = Object.keys(aims);

const layers = "784,512,10";

function commandOf(rule: string, seed: number, data: string): string[] {
  const told = { rule, task: "mnist", data, layers, seed: String(seed) };
  return ["train", ...Object.entries(told).flatMap(([flag, value]) => [`--${flag}`, value]), "--align"];
}

interface Line {
  readonly epoch?: number;
  readonly testAccuracy?: number;
  readonly alignment?: readonly { updateAngle: number | null; errorAngle: number | null }[];
  readonly done?: boolean;
  readonly adapter?: string;
}

/** Trains once and keeps the result. @throws when the terminal fails */
export async function measure(
  root: string,
  commit: string,
  [rule, seed, data]: readonly [rule: string, seed: number, data: string],
): Promise<Run> {
  const started = performance.now();
  const engram = spawn(
    process.execPath,
    [join(root, "bin/engram.js"), ...commandOf(rule, seed, data), "--json"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = new Promise<number | null>((resolve) => engram.on("close", resolve));
  const testAccuracy: number[] = [];
  let last: Line = {};
  let adapter = "";
  for await (const text of createInterface({ input: engram.stdout })) {
    const line = JSON.parse(text) as Line;
    if (line.done) {
      adapter = line.adapter ?? "";
    } else {
      testAccuracy.push(line.testAccuracy ?? Number.NaN);
      last = line;
    }
  }
  const code = await ended;
  if (code !== 0) throw new Error(`engram ${commandOf(rule, seed, data).join(" ")} ended with code ${code}.`);
  const [hidden] = last.alignment ?? [];
  const run: Run = {
    rule,
    seed,
    adapter,
    date: new Date().toISOString().slice(0, 10),
    commit,
    testAccuracy,
    updateAngle: hidden?.updateAngle ?? null,
    errorAngle: hidden?.errorAngle ?? null,
    seconds: Math.round((performance.now() - started) / 1000),
  };
  appendFileSync(results, `${JSON.stringify(run)}\n`);
  return run;
}

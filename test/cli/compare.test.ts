/** Oracle: the manual; and that a comparison which was killed and run again makes the table of one that was not. */
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { buildTerminal, type Terminal } from "./terminal";

let terminal: Terminal;
beforeAll(() => {
  terminal = buildTerminal();
});
afterAll(() => terminal?.remove());
vi.setConfig({ testTimeout: 240_000 });

const run = (line: string) => terminal.run(...line.split(" "));
const file = (name: string) => join(terminal.folder, name);
const read = (name: string) => readFileSync(file(name), "utf8");
const cells = (name: string) =>
  read(`${name}.cells.jsonl`)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const two = "compare --task xor --rules backprop,feedback-alignment --seeds 2 --columns accuracy";

/** What does not depend on the machine's speed. */
const learned = (name: string) =>
  JSON.parse(read(`${name}.json`))
    .rows.map(({ name: rule, accuracy, cost, audit }: Record<string, unknown>) => ({
      rule,
      accuracy,
      cost,
      audit,
    }))
    .sort((a: { rule: string }, b: { rule: string }) => a.rule.localeCompare(b.rule));

/** Starts a command and sends a signal once it has told of a cell. */
function cutShort(line: string, signal: NodeJS.Signals): Promise<{ code: number | null; stderr: string }> {
  const bin = join(terminal.folder, "..", "bin", "engram.js");
  const child: ChildProcess = spawn(process.execPath, [bin, ...line.split(" ")], { cwd: terminal.folder });
  let stderr = "";
  let sent = false;
  child.stderr!.on("data", (data) => {
    stderr += data;
    if (!sent && / {2}accuracy {2}/.test(stderr)) sent = child.kill(signal);
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stderr })));
}

test("one table, whether in one go, interrupted, killed, or rule by rule", async () => {
  const whole = await run(`${two},online --epochs 30 --out whole`);
  expect(whole.code).toBe(0);
  expect(cells("whole")).toHaveLength(8);
  const { rows, energy, brainWatts, notes } = JSON.parse(read("whole.json"));
  expect(rows).toHaveLength(2);
  expect({ source: energy.source, brainWatts }).toEqual({
    source: expect.stringContaining("Horowitz"),
    brainWatts: 20,
  });
  expect(notes.join(" ")).toContain("one pass over 4 training samples");
  for (const row of rows)
    expect(row).toMatchObject({
      accuracy: { seeds: 2, deviation: expect.any(Number) },
      online: { seeds: 2, samples: 4 },
      few: [null, null, null],
      setup: { epochs: 30, layers: [2, 8, 2], batch: 4 },
      audit: { teachingSignal: expect.any(String) },
    });
  const [head, ...lines] = read("whole.csv").trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  for (const column of [
    "accuracy_sd",
    "samples_to_95",
    "seconds_to_97",
    "forward_equivalents",
    "joules_per_sample",
    "bytes_feedback",
    "weight_transport",
    "few_10",
    "rotated",
  ])
    expect(head!.split(",")).toContain(column);
  expect(read("whole.md")).toMatch(/\| backprop \| \d+\.\d\d ± \d+\.\d\d \| 2 \|/);
  expect(read("whole.md")).toContain("A human brain draws about 20 W");

  const interrupted = await cutShort(`${two} --epochs 400 --out cut`, "SIGINT");
  expect(interrupted.code).toBe(130);
  expect(interrupted.stderr).toMatch(
    /^Stopping left the rest undone: the same command goes on from here\.$/m,
  );

  await cutShort(`${two} --epochs 30 --out killed`, "SIGKILL");
  const kept = cells("killed");
  expect(kept.length > 0 && kept.length < 4).toBe(true);
  appendFileSync(file("killed.cells.jsonl"), '{"name":"backprop","se'); // a line that was being written
  expect((await run(`${two} --epochs 30 --out killed`)).code).toBe(0);
  expect(cells("killed").slice(0, kept.length)).toEqual(kept);
  expect(learned("killed")).toEqual(learned("whole"));
  const lengthened = read("killed.cells.jsonl");
  expect((await run(`${two} --epochs 30 --out killed`)).code).toBe(0);
  expect(read("killed.cells.jsonl")).toBe(lengthened); // nothing was left to do

  for (const rule of ["feedback-alignment", "backprop"])
    await run(`${two.replace("backprop,feedback-alignment", rule)} --epochs 30 --out parts.json`);
  expect(learned("parts")).toEqual(learned("whole"));
  expect(existsSync(file("parts.md"))).toBe(false);

  // Another set-up takes the place of the old one's cells, of this rule alone.
  await run(`${two.replace("backprop,feedback-alignment", "backprop")} --epochs 2 --out parts.json`);
  const epochs = JSON.parse(read("parts.json")).rows.map(
    ({ name, setup }: { name: string; setup: { epochs: number } }) => [name, setup.epochs],
  );
  expect(Object.fromEntries(epochs)).toEqual({ backprop: 2, "feedback-alignment": 30 });
  expect(readdirSync(terminal.folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("without --out the table goes to the screen", async () => {
  const shown = await run("compare --task xor --rules backprop --seeds 1 --columns accuracy --epochs 2");
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(/^# Scoreboard: XOR\n/);
  const json = await run(
    "compare --task xor --rules backprop --seeds 1 --columns accuracy --epochs 2 --json",
  );
  expect(JSON.parse(json.stdout)).toMatchObject({ task: "xor", rows: [{ name: "backprop", failures: [] }] });
});

test("bad input: one sentence, and no file touched", async () => {
  writeFileSync(file("notes.md"), "mine");
  writeFileSync(file("digits.cells.jsonl"), `${JSON.stringify({ ...sample, setup: { task: "digits" } })}\n`);
  writeFileSync(file("broken.cells.jsonl"), "nonsense\n");
  const xor = "compare --task xor --rules backprop";
  const wrong: string[] = [];
  for (const [line, code, sentence] of [
    ["compare", 2, /needs --task/],
    ["compare --task mnits", 2, /did you mean "mnist"/],
    ["compare --task xor", 2, /No rule has a preset for xor; name rules/],
    ["compare --task xor --rules bakprop", 2, /did you mean "backprop"/],
    ["compare --task xor --rules backprop,backprop", 2, /twice/],
    [`${xor} --columns fast`, 2, /--columns takes accuracy, few, online, robust, but names "fast"/],
    [`${xor} --seeds 0`, 2, /--seeds must be a whole number from 1/],
    [`${xor} --online-samples none`, 2, /--online-samples must be a number/],
    [`${xor} --train 5`, 2, /exactly 4, not 5/],
    [`${xor} --out table.txt`, 2, /ends in \.json, \.csv or \.md/],
    [`${xor} --out nowhere/table`, 1, /there is no folder/],
    [`${xor} --out notes.md`, 1, /Won't save over notes\.md/],
    [`${xor} --out digits`, 1, /holds cells of digits, but xor was asked for/],
    [`${xor} --out broken`, 1, /broken at line 1/],
  ] as const) {
    const ended = await run(line);
    const right = ended.code === code && ended.stdout === "" && sentence.test(ended.stderr);
    if (!right) wrong.push(`${line} → ${ended.code}: ${ended.stderr}`);
  }
  expect(wrong).toEqual([]);
  expect(read("notes.md")).toBe("mine");
});

const sample = { name: "backprop", seed: 1, column: "accuracy", adapter: "", failed: "it was made up" };

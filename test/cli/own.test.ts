/** `engram train` on someone's own data. Oracle: its own contract; two classes that a line parts are learned. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { plainPicture } from "../task/own-files";
import { buildTerminal, type Terminal } from "./terminal";

let terminal: Terminal;
beforeAll(() => {
  terminal = buildTerminal();
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i % 7},${(i % 5) + (i % 2) * 6},${i % 2 ? "far" : "near"}`,
  );
  writeFileSync(join(terminal.folder, "places.csv"), `x,y,class\n${rows.join("\n")}\n`);
  for (const name of ["cat", "dog"]) {
    mkdirSync(join(terminal.folder, "zoo", name), { recursive: true });
    writeFileSync(join(terminal.folder, "zoo", name, "1.png"), plainPicture(2, 2, 5));
  }
  mkdirSync(join(terminal.folder, "empty"));
});
afterAll(() => terminal?.remove());
vi.setConfig({ testTimeout: 240_000 });

test("a CSV is learned, and a run goes on with it and with nothing else", async () => {
  const run = (...more: string[]) => terminal.run("train", ...more);
  const common = ["--data", "./places.csv", "--layers", "2,8,2", "--batch", "10", "--json"];
  const whole = await run(...common, "--rule", "backprop", "--epochs", "8", "--save", "own.st");
  expect(whole, whole.stderr).toMatchObject({ code: 0 });
  expect(whole.stderr).toContain("2 columns standardised by the training rows, the class from column 3");
  const lines = whole.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ done: true });
  expect(lines.at(-2)).toMatchObject({ task: "own:places", epoch: 8, testAccuracy: 1 });

  const resumed = await run("--resume", "own.st", "--data", "places.csv", "--epochs", "9", "--json");
  expect(resumed).toMatchObject({ code: 0 });
  expect(resumed.stdout).toContain('"epoch":9');
  const alone = await run("--resume", "own.st", "--epochs", "9");
  expect(alone).toMatchObject({ code: 2 });
  expect(alone.stderr).toMatch(
    /own\.st goes on with data of someone's own \("own:places"\); name them by --data/,
  );
  const part = await run(...common, "--rule", "backprop", "--train", "10");
  expect(part).toMatchObject({ code: 2 });
  expect(part.stderr).toMatch(/Own data are taken whole/);
});

test.each([
  [
    "zoo",
    /zoo\/cat\/1\.png: pictures can't be decoded here; drop them on the page, or bring them as a CSV or as IDX/,
  ],
  ["empty", /Expected a CSV, IDX files or a folder of pictures, found no file/],
  ["nowhere", /--data should name a file or a folder, but nowhere is missing/],
])("%s is refused with one sentence", async (path, sentence) => {
  const { code, stderr } = await terminal.run("train", "--rule", "backprop", "--data", path);
  expect(code).toBe(1);
  expect(stderr).toMatch(sentence);
});

/** Oracle: `engram train`'s own contract; and that an interrupted, resumed run ends in the very bytes of one that was not. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { buildTerminal, type Terminal } from "./terminal";

let terminal: Terminal;
beforeAll(() => {
  terminal = buildTerminal();
});
afterAll(() => terminal?.remove());

/** Where two cores serve many: the tests take seconds on a machine of their own. */
vi.setConfig({ testTimeout: 240_000 });

const objects = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const bytes = (name: string) => readFileSync(join(terminal.folder, name));
const race =
  "--rule backprop,weight-mirror --task digits --train 300 --test 60 --layers 784,16,10 --batch 64";

test("a race: JSON lines, checkpoints that resume to the same bytes, epochs in all", async () => {
  const whole = await terminal.run(
    "train",
    ...race.split(" "),
    "--set",
    "mirror=0.05",
    "--epochs",
    "4",
    "--json",
    "--align",
    "--save",
    "whole.st",
  );
  expect(whole).toMatchObject({ code: 0 });
  const lines = objects(whole.stdout);
  const last = lines.pop();
  expect(lines.map(({ rule, epoch }) => `${rule} ${epoch}`).sort()).toEqual(
    ["backprop", "weight-mirror"].flatMap((rule) => [1, 2, 3, 4].map((epoch) => `${rule} ${epoch}`)),
  );
  for (const line of lines) {
    expect(line).toMatchObject({
      task: "digits",
      samples: expect.any(Number),
      samplesPerSecond: expect.any(Number),
    });
    expect(line.samples).toBe(64 * Math.ceil((300 * line.epoch) / 64));
    for (const share of [line.trainAccuracy, line.testAccuracy]) expect(share >= 0 && share <= 1).toBe(true);
    expect(line.trainLoss).toBeGreaterThan(0);
    expect(line.alignment).toHaveLength(2);
    if (line.rule === "backprop") expect(line.alignment[0].updateAngle).toBeLessThan(0.1);
  }
  expect(last).toMatchObject({
    done: true,
    adapter: expect.any(String),
    results: [{ rule: "backprop", epoch: 4 }, { rule: "weight-mirror" }],
  });
  const backprop = lines.filter(({ rule }) => rule === "backprop");
  expect(last.results[0].testAccuracy).toBe(backprop.at(-1).testAccuracy);
  expect(last.results[0].bestTestAccuracy).toBe(
    Math.max(...backprop.map(({ testAccuracy }) => testAccuracy)),
  );

  // A run that is interrupted within an epoch saves, says so, and goes on to the same bytes.
  let sent = false;
  const args = [
    "train",
    ...race.split(" "),
    "--set",
    "mirror=0.05",
    "--epochs",
    "100000",
    "--json",
    "--save",
    "cut.st",
  ];
  const cut = await terminal.start(args, (child, stdout) => {
    if (!sent && stdout.includes("\n")) sent = child.kill("SIGINT");
  });
  expect(cut.code).toBe(130);
  expect(cut.stderr).toMatch(/^Saved cut\.st: backprop at epoch/m);
  const epoch = Math.max(...objects(cut.stdout).map((line) => line.epoch));
  expect(epoch).toBeLessThan(4); // else the machine ran on for long after the signal
  const resumed = await terminal.run("train", "--resume", "cut.st", "--save", "cut.st", "--epochs", "4");
  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toContain("backprop");
  expect(bytes("cut.st").equals(bytes("whole.st"))).toBe(true);

  // --epochs is the total: nothing is left to do, and the result is that of the evaluated checkpoint.
  const idle = await terminal.run(
    "train",
    "--resume",
    "whole.st",
    "--rule",
    "backprop",
    "--epochs",
    "4",
    "--json",
  );
  expect(idle.code).toBe(0);
  expect(objects(idle.stdout)).toMatchObject([
    { done: true, results: [{ rule: "backprop", epoch: 4, testAccuracy: last.results[0].testAccuracy }] },
  ]);
  expect(readdirSync(terminal.folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("divergence and a network too large: a sentence, exit code 1, no file", async () => {
  const args =
    "train --rule backprop --task spirals --layers 2,8,2 --activation identity --output identity --rate 100 --epochs 9 --save bad.st --json";
  const diverged = await terminal.run(...args.split(" "));
  expect(diverged.code).toBe(1);
  expect(diverged.stderr).toMatch(
    /engram: backprop diverged: .*step \d+.*layer|engram: backprop diverged: .*layer \d.*/,
  );
  expect(objects(diverged.stdout).at(-1)).toMatchObject({
    done: true,
    results: [{ diverged: expect.any(String) }],
  });
  expect(existsSync(join(terminal.folder, "bad.st"))).toBe(false);

  const large = await terminal.run(
    "train",
    "--rule",
    "backprop",
    "--task",
    "xor",
    "--layers",
    "2,100000000,2",
    "--save",
    "bad.st",
  );
  expect(large).toMatchObject({ code: 1, stdout: "" });
  expect(large.stderr).toMatch(/^engram: The network is too large for .*needs .*GiB.*\.$/);
  expect(existsSync(join(terminal.folder, "bad.st"))).toBe(false);
});

test("a name typed wrongly, info, xor for people, and a reader that goes away", async () => {
  const wrong = await terminal.run("train", "--rule", "bakprop", "--task", "xor");
  expect(wrong).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining('did you mean "backprop"'),
  });
  const info = await terminal.run("info", "--json");
  expect(JSON.parse(info.stdout)).toMatchObject({
    adapter: { name: expect.any(String) },
    rules: expect.any(Number),
  });
  const told = await terminal.run(
    ..."train --rule backprop --task xor --rate 0.5 --layers 2,16,2 --epochs 60".split(" "),
  );
  expect(told.code).toBe(0);
  expect(told.stdout).toMatch(/backprop\s+60\s+100\.00 %/);
  expect(told.stderr.split("\n")).toHaveLength(60);
  const args = "train --rule backprop --task xor --epochs 100000 --json".split(" ");
  const left = await terminal.start(args, (child) => child.stdout?.destroy());
  expect(left).toMatchObject({ code: 0, stderr: "" });
});

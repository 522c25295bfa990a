/** Oracle: the manual. What needs no adapter: help, the audit, and one sentence for each thing typed wrongly. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engram } from "../../src/cli/engram";
import { writeCheckpoint } from "../../src/experiment/checkpoint";

const home = process.cwd();
const folder = mkdtempSync(join(process.env.ENGRAM_TEST_FOLDER ?? tmpdir(), "engram-words-"));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

/** The terminal in this process: nothing here gets as far as opening a device. */
async function run(line: string) {
  let [stdout, stderr] = ["", ""];
  const sinks = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  };
  const code = await engram(line.split(" ").filter(Boolean), sinks);
  return { code, stdout, stderr };
}

/** A sound checkpoint of xor under backprop with sgd, but for what is changed. */
function checkpoint(changes: { layers?: number[]; rate?: number; value?: number } = {}): Uint8Array {
  const { layers = [2, 8, 2], rate = 0.1, value = 0.5 } = changes;
  const settings = {
    task: "xor",
    train: 4,
    test: 4,
    layers,
    activation: "relu",
    output: "softmax",
    batch: 4,
  };
  const tensor = (rows: number, columns: number) => ({
    shape: [rows, columns],
    data: new Float32Array(rows * columns).fill(value),
  });
  const tensors = new Map([
    ["input-hidden/weight", tensor(3, 8)],
    ["hidden-output/weight", tensor(9, 2)],
  ]);
  const partial = { steps: 0, loss: 0, accuracy: 0 };
  return writeCheckpoint({
    settings: { ...settings, optimizer: "sgd", seed: 1 },
    snapshots: [{ name: "backprop", values: { rate, decay: 0 }, options: {}, steps: 3, partial, tensors }],
  });
}

describe("help and listings", () => {
  test("help, version, rules and audit", async () => {
    const [help, nothing, trainHelp, version, rules] = [
      await run("--help"),
      await run(""),
      await run("train --help"),
      await run("--version"),
      await run("rules --json"),
    ];
    const report = await run("audit --rule backprop --layers 784,512,10 --json");
    const reports = await run("audit --rule backprop,feedback-alignment --json");
    const learned = await run("audit --rule predictive-coding --set feedback=learned --json");
    expect(JSON.parse(learned.stdout).summary.weightTransport).toBe("none");
    const prose = await run("audit --rule feedback-alignment");
    expect(nothing).toEqual({ code: 2, stdout: "", stderr: help.stdout });
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const name of ["info", "rules", "audit", "train", "profile"])
      expect(help.stdout).toContain(`\n  ${name}`);
    expect(trainHelp.stdout).toContain("--resume FILE");
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const listed = JSON.parse(rules.stdout);
    expect(listed[0]).toMatchObject({
      name: "backprop",
      parameters: { adam: { rate: { default: 0.001 } } },
      audit: { layers: [784, 256, 128, 10], locality: expect.stringContaining("delivered") },
    });
    expect(JSON.parse(report.stdout)).toMatchObject({
      rule: "backprop",
      layers: [784, 512, 10],
      summary: { weightTransport: "hidden-output/weight" },
    });
    expect(JSON.parse(reports.stdout).map(({ rule }: { rule: string }) => rule)).toEqual([
      "backprop",
      "feedback-alignment",
    ]);
    expect(prose.stdout).toMatch(/Weight transport\s+none/);
  });
});

test("bad input: one sentence, the right exit code, and no file touched", async () => {
  const good = checkpoint();
  const files: Record<string, Uint8Array> = {
    "good.st": good,
    "short.st": good.slice(0, good.length - 20),
    "long.st": Uint8Array.of(...good, 0, 0, 0, 0),
    "lying.st": good.map((byte, index) => (index === 5 ? 1 : byte)),
    "other.st": checkpoint({ layers: [2, 9, 2] }),
    "huge.st": checkpoint({ layers: [2, 1e9, 2] }),
    "rate.st": checkpoint({ rate: 1e9 }),
    "nan.st": checkpoint({ value: Number.NaN }),
    "notes.txt": new TextEncoder().encode("not a checkpoint at all"),
  };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  mkdirSync(join(folder, "empty"));
  mkdirSync(join(folder, "mnist"));
  writeFileSync(join(folder, "mnist", "train-images-idx3-ubyte"), Uint8Array.of(0, 0, 8, 3, 0, 0));

  const xor = "train --rule backprop --task xor";
  const cases: readonly (readonly [line: string, code: number, sentence: RegExp])[] = [
    ["trian", 2, /Unknown command "trian": did you mean "train"/],
    ["info --jsno", 2, /"--jsno": did you mean "--json"/],
    ["train --task xor", 2, /needs --rule/],
    ["train --rule backprop", 2, /needs --task/],
    ["train --rule bakprop --task xor", 2, /did you mean "backprop"/],
    ["train --rule backprop --task mnits", 2, /did you mean "mnist"/],
    ["train --rule backprop,backprop --task xor", 2, /twice/],
    [`${xor} more`, 2, /takes flags only, but got "more"/],
    [`${xor} --epoch 3`, 2, /did you mean "--epochs"/],
    [`${xor} --epochs`, 2, /--epochs needs a value/],
    [`${xor} --epochs 0`, 2, /whole number from 1/],
    [`${xor} --epochs 2.5`, 2, /whole number from 1/],
    [`${xor} --epochs many`, 2, /must be a number, but got "many"/],
    [`${xor} --epochs 2 --epochs 3`, 2, /--epochs was given twice/],
    [`${xor} --rate -1`, 2, /--rate=-1/],
    [`${xor} --rate=-1`, 2, /learning rate.*from 0 to 100, but got -1/],
    [`${xor} --rate NaN`, 2, /must be a number/],
    [`${xor} --set momentun=0.5`, 2, /did you mean "momentum"/],
    [`${xor} --set momentum`, 2, /name=value/],
    [`${xor} --rate 1 --set rate=2`, 2, /set twice/],
    [`${xor} --optimizer adma`, 2, /did you mean "adam"/],
    [`${xor} --activation rleu`, 2, /did you mean "relu"/],
    [`${xor} --seed=-1`, 2, /--seed must be a whole number from 0/],
    [`${xor} --train 5`, 2, /exactly 4, not 5/],
    [`${xor} --layers 2,0,2`, 2, /Layer 1 .* got 0/],
    [`${xor} --layers 2,-3,2`, 2, /Layer 1 .* got -3/],
    [`${xor} --layers 2,1000000000,2`, 2, /Layer 1 .* got 1000000000/],
    [`${xor} --layers 2,x,2`, 2, /got "x"/],
    [`${xor} --layers 3,8,2`, 2, /2 inputs and 2 classes, but layers is \[3,8,2\]/],
    [`${xor} --data empty`, 2, /reads no files/],
    ["train --rule backprop --task mnist --data nowhere", 1, /nowhere is missing/],
    ["train --rule backprop --task mnist --data empty", 1, /MNIST is missing a file/],
    ["train --rule backprop --task mnist --data mnist", 1, /truncated/],
    [`${xor} --save nowhere/a.st`, 1, /there is no folder/],
    [`${xor} --save empty`, 1, /it is a folder/],
    [`${xor} --save notes.txt`, 1, /Won't save over notes.txt/],
    ["train --resume none.st", 1, /there is no such file/],
    ["train --resume notes.txt", 1, /not a sound safetensors file/],
    ["train --resume short.st --save short.st", 1, /not a sound safetensors file|Won't save over/],
    ["train --resume long.st", 1, /4 bytes at its end/],
    ["train --resume lying.st", 1, /its header claims/],
    ["train --resume other.st --save other.st", 1, /another network.*\[3,9\], but has \[3,8\]/],
    ["train --resume huge.st", 1, /huge.st .*got 1000000000/],
    ["train --resume rate.st", 1, /rate.st .*from 0 to 100/],
    ["train --resume nan.st", 1, /NaN or infinity/],
    ["train --resume good.st --layers 2,9,2", 1, /another run: its layers is \[2,8,2\]/],
    ["train --resume good.st --task spirals", 1, /another run: its task is "xor"/],
    ["train --resume good.st --rule feedback-alignment", 1, /but not feedback-alignment/],
    ["audit", 2, /needs --rule/],
    ["audit --rule backprop --layers 5", 2, /input and an output layer/],
    ["audit --rule backprop --set rate=1", 2, /--set rate shapes no schedule/],
    ["audit --rule predictive-coding --set feedback=lerned", 2, /did you mean "learned"/],
  ];
  const rule = (name: string, rest: string, task = "xor") => `train --rule ${name} --task ${task} ${rest}`;
  const ofRules: typeof cases = [
    [rule("equilibrium-propagation", "--set beta=0"), 2, /nudge "beta" .* from 0.001 to 10, but got 0/],
    [rule("equilibrium-propagation", "--set beta=-1"), 2, /nudge "beta" .* but got -1/],
    [
      rule("equilibrium-propagation", "--set free=0"),
      2,
      /free settling steps .* whole number from 1 .* got 0/,
    ],
    [rule("equilibrium-propagation", "--set feedback=random"), 2, /"random".*transpose, learned/],
    [
      rule("predictive-coding", "--set steps=0"),
      2,
      /inference steps "steps" .* whole number from 1 .* got 0/,
    ],
    [rule("predictive-coding", "--set gamma=0"), 2, /γ of an inference step "gamma" .* but got 0/],
    [rule("predictive-coding", "--set steps=1 --layers 2,4,4,2"), 2, /each of its 2 hidden layers.*raise it/],
    [rule("hebb", "--rate=-1"), 2, /learning rate "rate" of hebb .* but got -1/],
    [rule("hebb", "--set readoutRate=-1"), 2, /rate of the readout .* but got -1/],
    [rule("reward-modulated", "--set hiddenRate=-1"), 2, /rate of the hidden layers .* but got -1/],
    [
      rule("forward-forward", "--activation sigmoid", "digits"),
      2,
      /no layer of sigmoid .* ever reach.*use.* relu/,
    ],
    [
      rule("forward-forward", "--set threshold=0", "digits"),
      2,
      /"threshold" .* from 0.001 to 100, but got 0/,
    ],
    [rule("hebb", "--set readout=yes"), 2, /hebb has a readout of its own/],
    [rule("forward-forward", "--set readout=yes", "digits"), 2, /forward-forward has a readout of its own/],
    ["hopfield --neurons 1", 2, /--neurons .* whole number from 2/],
    ["hopfield --patterns 0", 2, /--patterns .* whole number from 1/],
    ["hopfield --steps 0", 2, /--steps .* whole number from 1/],
    ["hopfield --beta 0 --storage modern", 2, /--beta .* but got 0/],
    ["hopfield --noise 2", 2, /--noise .* from 0 to 1, but got 2/],
    [
      "hopfield --neurons 10 --patterns 20 --storage pseudo-inverse",
      2,
      /at most as many patterns as neurons, 10, but got 20/,
    ],
    ["hopfield --storage hebian", 2, /did you mean "hebbian"/],
  ];
  const wrong: string[] = [];
  for (const [line, code, sentence] of [...cases, ...ofRules]) {
    const ended = await run(line);
    const right =
      ended.code === code &&
      ended.stdout === "" &&
      sentence.test(ended.stderr) &&
      /^engram: .*\.\n$/.test(ended.stderr);
    if (!right) wrong.push(`${line} → ${ended.code}: ${ended.stderr} ${ended.stdout.slice(0, 80)}`);
  }
  expect(wrong).toEqual([]);
  for (const [name, bytes] of Object.entries(files))
    expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true);
});

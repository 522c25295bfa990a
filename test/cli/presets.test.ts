/** Oracle: the manual. A preset runs as it says, what is typed overrides it, and a file's word goes before both. Needs no adapter. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { engram } from "../../src/cli/engram";
import { readOptions } from "../../src/cli/options";
import { planTraining } from "../../src/cli/plan";
import { trainCommand } from "../../src/cli/train";
import { writeCheckpoint } from "../../src/experiment/checkpoint";
import { findPreset, presets, presetValues } from "../../src/experiment/presets";
import { findRule, resolveOptions, resolveValues, rules } from "../../src/experiment/rules";

const folder = mkdtempSync(join(process.env.ENGRAM_TEST_FOLDER ?? tmpdir(), "engram-presets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(line: string) {
  let [stdout, stderr] = ["", ""];
  const code = await engram(line.split(" "), {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  });
  return { code, stdout, stderr };
}

const silent = { stdout: { write: () => {} }, stderr: { write: () => {} }, json: false };
const plan = (line: string) => planTraining(readOptions(trainCommand, line.split(" ")), silent);

test("the list has every preset, for people and for programs, and each can be run as it stands", async () => {
  const listed = JSON.parse((await run("presets --json")).stdout);
  const { stdout } = await run("presets");
  expect(listed.map(({ name }: { name: string }) => name)).toEqual(presets.map(({ name }) => name));
  for (const preset of presets) {
    expect(listed).toContainEqual(expect.objectContaining({ ...preset }));
    expect(stdout).toContain(`${preset.name} · ${preset.about}\n`);
    expect(stdout).toContain(preset.layers.join("-"));
    const rule = findRule(preset.rule);
    expect(() => resolveValues(rule, preset.optimizer, preset.values), preset.name).not.toThrow();
    expect(() => resolveOptions(rule, preset.options), preset.name).not.toThrow();
  }
});

test("engram rules lists what shapes each rule's schedule", async () => {
  const listed = JSON.parse((await run("rules --json")).stdout);
  expect(listed.map(({ options }: { options: unknown }) => options)).toEqual(
    JSON.parse(JSON.stringify(rules.map(({ options = {} }) => options))),
  );
  const { stdout } = await run("rules");
  for (const { options = {} } of rules)
    for (const [name, option] of Object.entries(options)) {
      const takes = "choices" in option ? option.choices.join(", ") : `${option.min} to ${option.max}`;
      const line = stdout.split("\n").find((one) => one.startsWith(`  ${name} `) && one.includes(takes));
      expect(line, name).toContain(String(option.default));
    }
});

test("a preset runs as it says, and what is typed overrides it", async () => {
  const preset = findPreset("backprop");
  const few = "--task digits --train 300 --test 20";
  const { options, epochs } = await plan(`--preset backprop ${few}`);
  expect({ ...options, epochs }).toMatchObject({
    rules: ["backprop"],
    layers: preset.layers,
    batch: preset.batch,
    activation: preset.activation,
    output: preset.output,
    optimizer: preset.optimizer,
    values: preset.values ?? {},
    epochs: preset.epochs,
  });
  const other = await plan(
    `--preset backprop ${few} --layers 784,30,10 --batch 10 --epochs 3 --rate 0.02 --activation tanh --seed 4`,
  );
  expect({ ...other.options, epochs: other.epochs }).toMatchObject({
    layers: [784, 30, 10],
    batch: 10,
    activation: "tanh",
    seed: 4,
    optimizer: preset.optimizer,
    values: { ...preset.values, rate: 0.02 },
    epochs: 3,
  });
});

test("under another optimiser only the rule's own numbers are kept", () => {
  const preset = { ...findPreset("weight-mirror"), values: { rate: 0.2, momentum: 0.5, mirror: 0.03 } };
  expect(presetValues(preset, preset.optimizer)).toEqual(preset.values);
  expect(presetValues(preset, "adam")).toEqual({ mirror: 0.03 });
});

test("a run under a preset resumes with what its file holds", async () => {
  const file = join(folder, "run.st");
  const tensor = (rows: number, columns: number) => ({
    shape: [rows, columns],
    data: new Float32Array(rows * columns).fill(0.1),
  });
  writeFileSync(
    file,
    writeCheckpoint({
      settings: {
        task: "digits",
        train: 40,
        test: 20,
        layers: [784, 6, 10],
        activation: "relu",
        output: "softmax",
        batch: 8,
        optimizer: "sgd",
        seed: 2,
      },
      snapshots: [
        {
          name: "backprop",
          values: { rate: 0.03, decay: 0 },
          options: {},
          steps: 3,
          partial: { steps: 0, loss: 0, accuracy: 0 },
          tensors: new Map([
            ["input-hidden/weight", tensor(785, 6)],
            ["hidden-output/weight", tensor(7, 10)],
          ]),
        },
      ],
    }),
  );
  const { options, epochs } = await plan(`--preset backprop --resume ${file}`);
  expect(options).toMatchObject({ layers: [784, 6, 10], batch: 8, optimizer: "sgd", seed: 2, values: {} });
  expect(epochs).toBe(findPreset("backprop").epochs);
  await expect(plan(`--preset feedback-alignment --resume ${file}`)).rejects.toThrow(
    /but not feedback-alignment/,
  );
});

test.each([
  ["train --preset bakprop", /Unknown preset "bakprop": did you mean "backprop"/],
  [
    "train --preset backprop --rule kolen-pollack",
    /is for backprop, but --rule names kolen-pollack; leave one/,
  ],
  ["train --preset backprop --task xor", /2 inputs and 2 classes, but layers is \[784,/],
  ["presets --jsno", /did you mean "--json"/],
])("%s: one sentence", async (line, sentence) => {
  const { code, stdout, stderr } = await run(line);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
});

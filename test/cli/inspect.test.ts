/** Oracle: the manual; and the chain rule, worked by hand from the numbers told. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { buildTerminal, type Terminal } from "./terminal";

let terminal: Terminal;
beforeAll(() => {
  terminal = buildTerminal();
});
afterAll(() => terminal?.remove());
vi.setConfig({ testTimeout: 240_000 });

const run = (line: string) => terminal.run(...line.split(" "));
const xor = "inspect --rule backprop --task xor --optimizer sgd";

test("tells what a synapse heard, what it did and what backprop would have asked", async () => {
  const { code, stdout } = await run(`${xor} --layer 2 --synapse 3,1 --sample 2 --json`);
  expect(code).toBe(0);
  const seen = JSON.parse(stdout);
  expect(seen).toMatchObject({
    task: "xor",
    sample: 2,
    label: 1,
    steps: 0,
    bias: false,
    backprop: { agrees: "yes" },
  });
  const [update] = seen.updates;
  const [pre, error] = update.heard.map(({ values }: { values: number[] }) => values[0]);
  expect(update.heard.map(({ origin }: { origin: string }) => origin)).toEqual(["own", "delivered"]);
  expect(seen.change).toBeCloseTo(-0.1 * pre * error, 6);
  expect(seen.backprop.gradient).toBeCloseTo(pre * error, 6);
});

test("speaks to people, and trains first or goes on from a file", async () => {
  const after = await run(
    "inspect --rule feedback-alignment --task xor --layer 1 --synapse 2,0 --sample 1 --steps 5",
  );
  expect(after.stdout).toMatch(/^feedback-alignment · the bias of neuron 0 of layer 1/);
  expect(after.stdout).toContain("XOR, training sample 1, a 1; after 5 steps, batch 1");
  expect(after.stdout).toMatch(/hidden\/error +its post neuron +delivered/);
  expect(after.stdout).toContain("the optimiser's memory");

  const trained = await run("train --rule backprop --task xor --epochs 5 --save five.st --json");
  expect(trained.code).toBe(0);
  const place = "--layer 2 --synapse 1,0 --sample 3 --json";
  const resumed = await run(`inspect --resume five.st ${place}`);
  const straight = await run(`inspect --rule backprop --task xor --steps 5 ${place}`);
  expect(JSON.parse(resumed.stdout)).toEqual(JSON.parse(straight.stdout));
});

test.each([
  [`${xor} --layer 3 --synapse 0,0 --sample 0`, /from 1 to 2, but got 3/],
  [`${xor} --layer 1 --synapse 3,0 --sample 0`, /from 0 to 1, or 2 for the bias, but got 3/],
  [`${xor} --layer 1 --synapse 0,8 --sample 0`, /from 0 to 7, but got 8/],
  [`${xor} --layer 1 --synapse 0,0 --sample 4`, /from 0 to 3, as XOR has 4 to learn from, but got 4/],
  [`${xor} --layer 1 --synapse 7 --sample 0`, /--synapse takes two whole numbers.*but got "7"/],
  [`${xor} --layer 1 --sample 0`, /needs --synapse/],
  [`${xor} --layer 1.5 --synapse 0,0 --sample 0`, /--layer must be a whole number/],
  ["inspect --task xor --layer 1 --synapse 0,0 --sample 0", /engram inspect needs --rule/],
  [
    "inspect --rule backprop,kolen-pollack --task xor --layer 1 --synapse 0,0 --sample 0",
    /looks at one rule/,
  ],
])("%s: one sentence", async (line, sentence) => {
  const { code, stdout, stderr } = await run(line);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
});

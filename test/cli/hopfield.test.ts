/** Oracle: the manual of `engram hopfield`, where no adapter is needed. */
import { expect, test } from "vitest";
import { engram } from "../../src/cli/engram";

async function run(line: string) {
  let [stdout, stderr] = ["", ""];
  const sinks = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  };
  const code = await engram(["hopfield", ...line.split(" ")], sinks);
  return { code, stdout, stderr };
}

test("help", async () => {
  const { code, stdout } = await run("--help");
  expect(code).toBe(0);
  expect(stdout).toContain("hebbian, pseudo-inverse, storkey, modern");
});

test.each([
  ["--neurons 1", /--neurons must be a whole number from 2/],
  ["--storage hebian", /did you mean "hebbian"/],
  ["--dynamics paralel", /did you mean "parallel"/],
  ["--noise 1.5", /--noise must be a number from 0 to 1/],
  ["--patterns 0", /--patterns must be a whole number from 1/],
  ["--beta 0", /--beta must be a number from/],
  ["--loads 0.1", /--loads belongs to --capacity/],
  ["--capacity --patterns 9", /leave --patterns out/],
  ["--pattern 9", /did you mean "--patterns"/],
])("%s: one sentence, exit code 2", async (line, sentence) => {
  const { code, stdout, stderr } = await run(line);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(stderr).toMatch(/^engram: .*\.\n$/);
});

/** `engram recall`: the table's facts come back, and what can't be asked is refused with the nearest name. */
import { describe, expect, it } from "vitest";
import { engram } from "../../src/cli/engram";

async function said(...args: string[]) {
  let [stdout, stderr] = ["", ""];
  const streams = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  };
  const code = await engram(["recall", ...args], streams);
  return { code, stdout, stderr };
}

it("tells what is known of Art, pool by pool", async () => {
  const { code, stdout } = await said("--name", "Art");
  expect(code).toBe(0);
  for (const known of [
    "gang       Jets",
    "age        40s",
    "education  JH",
    "marital    single",
    "occupation pusher",
  ])
    expect(stdout).toMatch(new RegExp(known.replace(/ +/, " +")));
});

it("finds the one Shark in his twenties, for programs", async () => {
  const { stdout } = await said("--properties", "Sharks,1920s", "--settle", "--json");
  const { probe, settled, pools } = JSON.parse(stdout);
  expect([probe, settled, pools.name[0].name]).toEqual([["Sharks", "20s"], true, "Ken"]);
});

it("guesses what was cut from people like him", async () => {
  const { stdout } = await said("--name", "Lance", "--cut", "_Lance:burglar", "--json");
  expect(JSON.parse(stdout).pools.occupation[0].name).toBe("burglar");
});

describe("bad input", () => {
  it.each([
    [["--name", "Arrt"], 'did you mean "Art"?'],
    [["--properties", "Sharcks"], 'did you mean "Sharks"?'],
    [["--name", "Jets"], "use --properties Jets"],
    [["--name", "Art", "--cut", "Art:Jets"], "have no link to cut"],
    [["--name", "Art", "--cycles", "0"], "--cycles must be a whole number from 1"],
    [[], "engram recall needs --name NAME or --properties LIST"],
  ])("%j", async (args, sentence) => {
    const { code, stderr } = await said(...args);
    expect([code, stderr.trim().split("\n").length]).toEqual([2, 1]);
    expect(stderr).toContain(sentence);
  });
});

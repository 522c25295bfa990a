/** `engram simulate`. Oracles: its manual, where no adapter is needed; and of a real run the files and figures it promises. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { engram } from "../../src/cli/engram";
import { importNetwork } from "../../src/experiment/exchange/import";
import { models } from "../../src/experiment/models";
import { readNpy } from "../../src/experiment/npy";
import { lifExp } from "../../src/neuron/lif-exp";

const folder = mkdtempSync(join(process.env.ENGRAM_TEST_FOLDER ?? tmpdir(), "engram-simulate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "a-file"), "");

async function run(line: string) {
  let [stdout, stderr] = ["", ""];
  const sinks = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  };
  const words = line.split(" ").filter(Boolean);
  const code = await engram(["simulate", ...words.map((word) => word.replace("DIR", folder))], sinks);
  return { code, stdout, stderr };
}

test("help tells of every model and its settings", async () => {
  const { code, stdout } = await run("--help");
  expect(code).toBe(0);
  for (const { name, settings = {} } of models) {
    expect(stdout).toContain(`  ${name}: `);
    for (const setting of Object.keys(settings)) expect(stdout).toContain(`--set ${setting}=`);
  }
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(126);
});

test.each([
  ["", /engram simulate needs a model: .*cuba-4k/],
  ["cuba4k", /Unknown model "cuba4k": did you mean "cuba-4k"/],
  ["cuba-4k brunel", /takes one model, but got "brunel" as well/],
  ["cuba-4k --second 1", /did you mean "--seconds"/],
  ["cuba-4k --seconds 0", /seconds above 0, but was to take 0/],
  ["cuba-4k --seconds soon", /--seconds must be a number, but got "soon"/],
  ["cuba-4k --scale 0", /scale of cuba-4k must be a number from 0.02 to 1000, but is 0/],
  ["microcircuit --scale 1.5", /scale of microcircuit must be a number from 0.01 to 1, but is 1.5/],
  ["stdp-pair --scale 2", /stdp-pair has one size/],
  ["cuba-4k --seed -1", /--seed needs a value/],
  ["cuba-4k --seed=-1", /--seed must be a whole number from 0/],
  ["cuba-4k --record spikes", /--record needs --out DIR/],
  ["cuba-4k --record spike --out DIR", /--record takes spikes, rates.*, but names "spike"/],
  ["brunel --set regime=synchronous", /Unknown regime "synchronous"/],
  ["brunel --set regimes=x", /did you mean "regime"/],
  ["cuba-4k --set g=4", /cuba-4k has no settings, but g was set/],
  ["evidence-accumulation --seconds 1", /is told by its settings \(iterations, .*leave the seconds out/],
  ["evidence-accumulation --set tests=none", /tests must be a number from 1 to 65536, but is "none"/],
  ["surrogate-fashion --record spikes --out DIR", /surrogate-fashion records nothing, but spikes/],
  ["cuba-4k --data DIR", /cuba-4k reads no data/],
])("%s: one sentence, exit code 2", async (line, sentence) => {
  const { code, stdout, stderr } = await run(line);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(stderr).toMatch(/^engram: .*\.\n$/);
});

test.each([
  ["cuba-4k --out DIR/a-file", /is a file; name another/],
  ["cuba-4k --out DIR/no/such", /there is no folder .*no that is open/],
])("%s: refused before anything is run", async (line, sentence) => {
  const { code, stderr } = await run(line);
  expect(code).toBe(1);
  expect(stderr).toMatch(sentence);
});

describe("a run of 100 neurons", () => {
  const line = "cuba-4k --scale 0.025 --seconds 0.05 --seed 3";
  test("writes what it recorded and ends with its figures", async () => {
    const out = join(folder, "run");
    const { code, stdout, stderr } = await run(
      `${line} --record spikes,rates,voltages,weights,network --out DIR/run --json`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const figures = JSON.parse(stdout);
    expect(Object.keys(figures).slice(0, 4)).toEqual(["model", "scale", "seed", "settings"]);
    expect(figures).toMatchObject({ model: "cuba-4k", seed: 3, neurons: 100, dt: 0.1, procedural: [] });
    expect(figures.simulatedSeconds).toBeCloseTo(0.05, 10);
    expect(figures.realTimeFactor).toBeCloseTo(figures.wallSeconds / 0.05, 6);
    expect(Object.keys(figures).at(-1)).toBe("adapter");
    expect(JSON.parse(readFileSync(join(out, "run.json"), "utf8"))).toEqual(figures);

    const array = (name: string) => readNpy(readFileSync(join(out, name)), name);
    const spikes = ["excitatory", "inhibitory"].map((name) => array(`spikes-${name}.npy`).shape[0]!);
    expect(figures.populations.map((one: { spikes: number }) => one.spikes)).toEqual(spikes);
    expect(figures.spikes).toBe(spikes[0]! + spikes[1]!);
    expect(spikes[0]).toBeGreaterThan(0);
    expect(array("rates-excitatory.npy").shape).toEqual([50]);
    const voltages = array("voltages-inhibitory.npy");
    expect(voltages.shape).toEqual([500, 10]);
    expect((voltages.data as Float32Array).every((v) => v >= -100 && v < -50)).toBe(true);

    const tensors = new Uint8Array(readFileSync(join(out, "network.safetensors")));
    const network = importNetwork(readFileSync(join(out, "network.json"), "utf8"), tensors, {
      "lif-exp": lifExp,
    });
    const lengths = network.projections.map(({ connect }) =>
      connect.kind === "list" ? connect.pre.length : 0,
    );
    expect(lengths.reduce((sum, count) => sum + count, 0)).toBe(figures.synapses);
    expect(existsSync(join(out, "synapses-excitatory-inhibitory-excitatory.npy"))).toBe(true);
  });

  test("tells people the same", async () => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^cuba-4k, seed 3: 100 neurons and [\d,]+ synapses, stored/);
    expect(stdout).toMatch(/\nexcitatory +80 +\d+ +[\d.]+ +\S+\n/);
    expect(stdout).toMatch(/0\.05 s simulated in [\d.]+ s, [\d.]+ times real time/);
  });
});

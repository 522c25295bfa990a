/**
 * The files that the workbench gives, put where they belong: a copy of the repository takes them, type-checks, finds them by name,
 * and runs them to the live one's numbers.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDawn } from "../../src/cli/dawn";
import { customRule } from "../../src/experiment/custom";
import { customNeuron } from "../../src/experiment/custom-neuron";
import { Simulation } from "../../src/experiment/simulation";
import { Trainer } from "../../src/experiment/trainer";
import { identifierOf, nameProblem, neuronFiles, ruleFiles } from "../../src/expression/files";
import { parseNeuron } from "../../src/expression/neuron";
import { parseRule } from "../../src/expression/rule";
import { type Device, openDevice } from "../../src/gpu/device";
import type { NeuronModel } from "../../src/net/spiking/model";
import { repository } from "../chrome";
import { expectSameBits } from "../support/close";
import { choices, uniform } from "../support/random";

const ruleText = `param gain = 0.7 in 0 .. 1 # how fast */ it goes
let y = relu(post)
dw = gain * y * (pre - y * w) + 0.1 * (pre - preTrace) * dopamine - eligibility ^ 2 * w`;
const neuronText = `param tau = 20 in 5 .. 50
start v = -65
v' = (-65 - v + I) / tau
when v > -50: v = -65`;

const program = parseRule(ruleText);
const neuron = parseNeuron(neuronText);
/** A word that JavaScript keeps for itself, as a person might well choose one. */
const [ruleName, neuronName] = ["my-own-rule", "switch"];
let root = "";
let server: ViteDevServer;
let gpu: GPU;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "engram-files-"));
  for (const folder of ["src", "shaders"])
    cpSync(join(repository, folder), join(root, folder), { recursive: true });
  for (const file of ["tsconfig.json", "package.json", "biome.json"])
    cpSync(join(repository, file), join(root, file));
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  for (const { path, text } of [...ruleFiles(program, ruleName, 0.01), ...neuronFiles(neuron, neuronName)])
    writeFileSync(join(root, path), text);
  const quiet = { logLevel: "error", appType: "custom", configFile: false } as const;
  server = await createServer({
    ...quiet,
    root,
    server: { middlewareMode: true, watch: null, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  ({ gpu } = await openDawn());
});

afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

/** A module of the copy. */
const load = <Module>(path: string): Promise<Module> => server.ssrLoadModule(path) as Promise<Module>;

it("type-check, and pass the linter's rules", async () => {
  const own = {
    extends: "./tsconfig.json",
    include: [`src/rule/${ruleName}.ts`, `src/neuron/${neuronName}.ts`],
  };
  writeFileSync(join(root, "tsconfig.own.json"), JSON.stringify(own));
  const run = (tool: string, args: readonly string[]) =>
    promisify(execFile)(join(repository, "node_modules", ".bin", tool), args, { cwd: root });
  await run("tsc", ["--noEmit", "-p", "tsconfig.own.json"]);
  await run("biome", ["lint", ...own.include]);
});

it("the rule is found by name and learns to the same bits", async () => {
  const options = {
    ...{ layers: [6, 3, 3], batch: 4, optimizer: "sgd", seed: 3 },
    values: { tauTrace: 5, tauEligibility: 8, exploration: 0.2 },
  };
  const { Trainer: Other } = await load<{ Trainer: typeof Trainer }>("/src/experiment/trainer.ts");
  const { openDevice: open } = await load<{ openDevice: typeof openDevice }>("/src/gpu/device.ts");
  const device: Device = await openDevice(gpu);
  const live = await Trainer.create(device, { ...options, rule: customRule(program, { rate: 0.01 }) });
  const filed = await Other.create(await open(gpu), { ...options, rule: ruleName });
  expect(filed.rule.title).toBe("My own rule");
  expect(filed.values).toEqual(live.values);
  const first = await live.read("input-hidden/weight");
  for (let step = 0; step < 5; step++)
    for (const trainer of [live, filed]) await trainer.step(uniform(24, step), choices(4, step, 3));
  const end = await live.read("input-hidden/weight");
  expect(end).not.toEqual(first);
  expectSameBits(await filed.read("input-hidden/weight"), end, "weights of the filed rule");
});

it("the neuron is found by name and has the same membrane", async () => {
  const { neuronModels } = await load<{ neuronModels: Record<string, NeuronModel> }>(
    "/src/experiment/neurons.ts",
  );
  const { Simulation: Other } = await load<{ Simulation: typeof Simulation }>(
    "/src/experiment/simulation.ts",
  );
  const { openDevice: open } = await load<{ openDevice: typeof openDevice }>("/src/gpu/device.ts");
  const membrane = async (Kind: typeof Simulation, device: Device, model: NeuronModel) => {
    const simulation = await Kind.create(
      device,
      {
        dt: 0.1,
        seed: 1,
        populations: [{ name: "one", model, size: 1, params: { current: 20 } }],
        projections: [],
      },
      { watch: [{ population: "one", neuron: 0, variable: "v" }] },
    );
    await simulation.run(60);
    const values = simulation.watchedValues();
    simulation.destroy();
    return values;
  };
  const live = await membrane(Simulation, await openDevice(gpu), customNeuron(neuron));
  expectSameBits(await membrane(Other, await open(gpu), neuronModels[neuronName]!), live, "membrane");
});

it.each([
  ["my-rule", undefined],
  ["Oja", "Expected a name of at most 40 small letters"],
  ["oja", "Expected a name of its own, but there is oja already"],
  ["../x", "Expected a name of at most 40 small letters"],
  ["a".repeat(41), "Expected a name of at most 40 small letters"],
  ["a--b", "Expected a name of at most 40 small letters"],
  ["", "Expected a name of at most 40 small letters"],
])("the name %j is judged", (name, begins) => {
  const problem = nameProblem(name, ["oja"]);
  if (begins === undefined) expect(problem).toBeUndefined();
  else expect(problem).toContain(begins);
});

it("names become identifiers that JavaScript takes", () => {
  expect(["my-rule", "switch", "a-2b"].map(identifierOf)).toEqual(["myRule", "switchModel", "a2b"]);
});

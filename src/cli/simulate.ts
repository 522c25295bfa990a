/** `engram simulate`: runs a spiking network by name, measures it, and writes down what was asked for. */
import { accessSync, constants, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  findModel,
  type Model,
  type ModelOptions,
  type ModelResult,
  modelOptions,
  models,
  type Recording,
  recordings,
} from "../experiment/models";
import { findTask } from "../task/task";
import { type Command, type Context, type OptionValues, UsageError } from "./command";
import { loadTask } from "./data";
import { openTerminalDevice } from "./open";
import { asUsage, names, parseNumber, settings, text, whole } from "./options";
import { SimulationBar } from "./simulate-bar";
import { table, wrap } from "./text";

/** What ends a run early, and the exit code that tells of it. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGPIPE: 0 };
type Stop = keyof typeof exitCodes;

interface Plan {
  readonly model: Model;
  readonly options: ModelOptions;
  readonly out: string | undefined;
  readonly data: string | undefined;
}

function number(values: OptionValues, name: string): Record<string, number> {
  const typed = text(values, name);
  return typed === undefined ? {} : { [name]: parseNumber(`--${name}`, typed) };
}

/** @throws UsageError for what can't be run */
function planSimulation(values: OptionValues): Plan {
  const name = text(values, "model");
  if (name === undefined)
    throw new UsageError(
      `engram simulate needs a model: ${models.map((model) => model.name).join(", ")}; see engram simulate --help.`,
    );
  const model = asUsage(() => findModel(name));
  const out = text(values, "out");
  const record = names(values, "record");
  const stray = record?.find((what) => !recordings.some((known) => known === what));
  if (stray !== undefined)
    throw new UsageError(`--record takes ${recordings.join(", ")}, but names "${stray}".`);
  if (record !== undefined && out === undefined)
    throw new UsageError("--record needs --out DIR, a folder for its files.");
  const usual: readonly Recording[] = model.records?.includes("spikes") ? ["spikes"] : [];
  const data = text(values, "data");
  if (data !== undefined && model.task === undefined)
    throw new UsageError(`The model ${name} reads no data; leave --data out.`);
  const options = asUsage(() =>
    modelOptions(model, {
      ...number(values, "seconds"),
      ...number(values, "scale"),
      seed: whole(values, "seed", 0, 2 ** 32 - 1) ?? 1,
      record: (record as Recording[] | undefined) ?? (out === undefined ? [] : usual),
      settings: settings(values),
    }),
  );
  return { model, options, out, data };
}

/** Checks, before anything is run, that its files can be written. @throws one sentence */
function checkFolder(out: string): void {
  const folder = resolve(out);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found && !found.isDirectory())
    throw new Error(`--out should name a folder, but ${out} is a file; name another.`);
  const writable = found ? folder : dirname(folder);
  try {
    accessSync(writable, constants.W_OK | constants.X_OK);
  } catch {
    throw new Error(`Can't write to ${out}: there is no folder ${writable} that is open; name another.`);
  }
}

/** Writes a run's files, and its figures beside them. */
function saveFiles(out: string, { files = {}, json }: ModelResult): string[] {
  mkdirSync(out, { recursive: true });
  const all = { ...files, "run.json": `${JSON.stringify(json, null, 2)}\n` };
  for (const [name, content] of Object.entries(all)) writeFileSync(join(out, name), content);
  return Object.keys(all);
}

async function simulate({ model, options, out, data }: Plan, context: Context): Promise<number> {
  const { stdout, stderr, json } = context;
  if (out !== undefined) checkFolder(out);
  const dataset = model.task && (await loadTask(findTask(model.task), samplesOf(options), data, context));
  const stopping = new AbortController();
  const bar = new SimulationBar(stderr);
  let stopped: Stop | undefined;
  const interrupt = (signal: Stop) => {
    if (stopped) process.exit(exitCodes.SIGINT);
    stopped = signal;
    if (signal !== "SIGPIPE") bar.say("Stopping after the steps under way; once more to stop at once.");
    stopping.abort();
  };
  const signals: Stop[] = ["SIGINT", "SIGTERM", "SIGPIPE"];
  for (const signal of signals) process.on(signal, interrupt);
  let result: ModelResult;
  try {
    const device = await openTerminalDevice();
    const told = { ...options, signal: stopping.signal, ...(dataset && { dataset }) };
    result = await model.run(device, told, (share, note) => bar.progress(share, note));
  } finally {
    bar.clear();
    for (const signal of signals) process.off(signal, interrupt);
  }
  const whole = stopped === undefined ? result : { ...result, json: { stopped: true, ...result.json } };
  if (out !== undefined) {
    const files = saveFiles(out, whole);
    if (!json) stderr.write(`Wrote ${files.join(", ")} to ${out}.\n`);
  }
  if (stopped !== "SIGPIPE") stdout.write(json ? `${JSON.stringify(whole.json)}\n` : reportText(whole));
  return stopped === undefined ? 0 : exitCodes[stopped];
}

/** How many samples a model asks for by its settings, where it has those. */
function samplesOf({ seed, settings }: ModelOptions) {
  const { train, test } = settings as { train?: number; test?: number };
  return { seed, ...(train && { train }), ...(test && { test }) };
}

/** Paragraphs and tables with a line between them. */
function reportText({ lines }: ModelResult): string {
  return lines
    .map((one) => (typeof one === "string" ? `${wrap(one)}\n` : table(one.rows, one.numeric)))
    .join("\n");
}

/** Lines of at most 116 letters, those after the first further in. */
function modelHelp({ name, about, source, shows, seconds, scale, settings = {} }: Model): string {
  const size = scale && scale.default !== 1 ? `, scale ${scale.default}` : "";
  const told = [
    `  ${wrap(`${name}: ${about}`, 4, 116)}`,
    `    ${wrap(`${shows} (${source}.)${seconds > 0 ? ` Default: ${seconds} s${size}.` : ""}`, 4, 112)}`,
    ...Object.entries(settings).map(([key, { about: what, default: usual, choices }]) => {
      const chosen = choices ? `: ${choices.join(", ")}` : "";
      return `    ${wrap(`--set ${key}=${usual} ${what}${chosen}`, 8, 112)}`;
    }),
  ];
  return told.map((line) => `${line}\n`).join("");
}

export const simulateCommand: Command = {
  name: "simulate",
  summary: "run a spiking network by name and measure it",
  argument: "model",
  help: `Runs a spiking network and measures it: rates and ISI CV per population, real-time factor, synaptic events.

Usage: engram simulate MODEL [--seconds S] [--scale X] [--seed N] [--set NAME=VALUE] [--record spikes,…] [--out DIR] [--json]

${models.map(modelHelp).join("\n")}
  --seconds S      time to simulate
  --scale X        so many times the model's neurons
  --seed N         of connections, starting values and noise; default 1
  --set NAME=VALUE a setting of the model's own; may be repeated
  --record NAMES   ${recordings.join(", ")}: written to --out; default spikes.
                     spikes    spikes-POPULATION.npy [n, 2]: step and neuron
                     rates     rates-POPULATION.npy: spikes/s in bins of 1 ms
                     voltages  voltages-POPULATION.npy [steps, 10]: the first ten neurons' membranes
                     weights   weights-PROJECTION.npy at the end, and synapses-PROJECTION.npy [n, 2]: pre and post
                     network   network.json and network.safetensors, as it stood before the first step (docs/exchange.md)
  --out DIR        a folder for the files, made if need be; run.json has the figures
  --data DIR       where a model that learns a data set finds it; as in engram train
  --json           one object, which ends with neurons, synapses, seconds, real-time factor, spikes, synaptic events, rates
                   and CV per population, and the adapter

A synaptic event is one spike delivered to one synapse; spikes from backgrounds are not counted. The real-time factor is
wall time over simulated time, without the building of the network. Ctrl-C ends a run early and tells what was measured.

  engram simulate cuba-4k --seconds 2 --record spikes,rates --out run
`,
  options: {
    seconds: { type: "string" },
    scale: { type: "string" },
    seed: { type: "string" },
    set: { type: "string", multiple: true },
    record: { type: "string" },
    out: { type: "string" },
    data: { type: "string" },
  },
  run: (values, context) => simulate(planSimulation(values), context),
};

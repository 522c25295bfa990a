/** `engram hopfield`: stores random patterns in a Hopfield network, recalls them spoilt, and measures its capacity. */
import { Hopfield } from "../experiment/hopfield";
import { type CapacityRow, capacityCurve, defaultLoads, recallSpoilt } from "../experiment/hopfield-capacity";
import {
  checkCount,
  checkHopfield,
  type HopfieldOptions,
  hebbianCapacity,
  type Storage,
  storages,
} from "../experiment/hopfield-options";
import { checkDynamics, type Dynamics, dynamics, type RecallOptions } from "../experiment/hopfield-recall";
import { randomPatterns } from "../experiment/patterns";
import { type Command, type Context, type OptionValues, UsageError } from "./command";
import { openTerminalDevice } from "./open";
import { asUsage, names, parseNumber, text, whole } from "./options";
import { grouped, percent, table } from "./text";

interface Wanted extends HopfieldOptions, RecallOptions {
  readonly patterns: number;
  readonly probes: number;
  readonly noise: number;
  readonly loads: readonly number[];
}

/** A flag that is a number between two others. @throws UsageError */
function between(values: OptionValues, name: string, least: number, most: number): number | undefined {
  const typed = text(values, name);
  if (typed === undefined) return undefined;
  const number = parseNumber(`--${name}`, typed);
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${name} must be a number from ${least} to ${most}, but got ${typed}.`);
}

function read(values: OptionValues): Wanted {
  const neurons = whole(values, "neurons", 2, 2 ** 20) ?? 1000;
  const given = {
    storage: text(values, "storage") as Storage | undefined,
    dynamics: text(values, "dynamics") as Dynamics | undefined,
    beta: between(values, "beta", 1e-6, 1e6),
  };
  const wanted = {
    neurons,
    patterns: whole(values, "patterns", 1, 2 ** 20) ?? Math.max(1, Math.round(0.1 * neurons)),
    probes: whole(values, "probes", 1, 65_535) ?? 50,
    noise: between(values, "noise", 0, 1) ?? (values.capacity ? 0 : 0.1),
    steps: whole(values, "steps", 1, 1e6) ?? 100,
    seed: whole(values, "seed", 0, 2 ** 32 - 1) ?? 1,
    loads: names(values, "loads")?.map((load) => parseNumber("--loads", load)) ?? defaultLoads,
    ...(given.storage && { storage: given.storage }),
    ...(given.dynamics && { dynamics: given.dynamics }),
    ...(given.beta && { beta: given.beta }),
  };
  checkHopfield(wanted);
  checkDynamics(wanted.dynamics);
  if (!values.capacity) checkCount(wanted.storage ?? "hebbian", neurons, wanted.patterns);
  if (text(values, "loads") !== undefined && !values.capacity)
    throw new UsageError("--loads belongs to --capacity; give both, or --patterns instead.");
  if (text(values, "patterns") !== undefined && values.capacity)
    throw new UsageError("--capacity stores as --loads tells; leave --patterns out.");
  return wanted;
}

/** Rows of a capacity experiment as they come. */
async function runCapacity(wanted: Wanted, { stdout, stderr, json }: Context): Promise<number> {
  const device = await openTerminalDevice();
  const rows: CapacityRow[] = [];
  for await (const row of capacityCurve(device, wanted)) {
    rows.push(row);
    if (stderr.isTTY) stderr.write(`α ${row.load.toFixed(3)}: overlap ${row.mean.toFixed(3)}\n`);
  }
  const { neurons, storage = "hebbian", dynamics = "asynchronous", noise, seed } = wanted;
  if (json) {
    const settings = { neurons, storage, dynamics, noise, seed, adapter: device.facts.name };
    stdout.write(`${JSON.stringify({ ...settings, rows })}\n`);
    return 0;
  }
  const cells = rows.map((row) => [
    row.load.toFixed(3),
    grouped(row.patterns),
    row.mean.toFixed(4),
    row.deviation.toFixed(4),
    percent(row.exact, 0),
    `${row.steps}${row.settled ? "" : " (not settled)"}`,
  ]);
  stdout.write(
    `${grouped(neurons)} neurons, ${storage} storage, seed ${seed}, up to ${wanted.probes} probes a load, ${percent(noise, 0)} of their values turned over, on ${device.facts.name}\n\n`,
  );
  stdout.write(
    table([["load α", "patterns", "overlap", "s.d.", "exact", "steps"], ...cells], [0, 1, 2, 3, 4]),
  );
  return 0;
}

/** Stores, recalls, and tells of the energy. */
async function runRecall(wanted: Wanted, { stdout, stderr, json }: Context): Promise<number> {
  const device = await openTerminalDevice();
  const { neurons, patterns, probes, noise, seed = 1, storage = "hebbian" } = wanted;
  const network: Hopfield = await Hopfield.create(device, wanted);
  const stored = await network.store(randomPatterns(patterns, neurons, seed));
  if (stored.warning) stderr.write(`engram: ${stored.warning}\n`);
  const { recalled, before, after } = await recallSpoilt(network, probes, noise, wanted);
  network.destroy();
  const { steps, settled } = recalled;
  const energy = recalled.energy.map((values) => values.reduce((sum, one) => sum + one, 0) / values.length);
  if (json) {
    const settings = { neurons, storage, dynamics: wanted.dynamics ?? "asynchronous", noise, seed };
    const figures = { ...stored, probes: Math.min(probes, patterns), before, after, steps, settled, energy };
    stdout.write(`${JSON.stringify({ ...settings, adapter: device.facts.name, ...figures })}\n`);
    return 0;
  }
  const capacity = storage === "hebbian" ? ` (it collapses near ${hebbianCapacity})` : "";
  stdout.write(
    `${grouped(neurons)} neurons on ${device.facts.name}: ${grouped(patterns)} patterns by ${storage} storage, load α = ${stored.load.toFixed(3)}${capacity}\n\n`,
  );
  const shown = energy.map((value, step) => [`${step}`, value.toFixed(2)]);
  const cut = shown.length > 12 ? [...shown.slice(0, 9), ["…", ""], ...shown.slice(-2)] : shown;
  stdout.write(`${table([["step", "mean energy"], ...cut], [0, 1])}\n`);
  stdout.write(
    table([
      [
        "Probes",
        `${Math.min(probes, patterns)}, each value turned over with probability ${percent(noise, 0)}`,
      ],
      [
        "Overlap",
        `${before.mean.toFixed(4)} before, ${after.mean.toFixed(4)} ± ${after.deviation.toFixed(4)} after`,
      ],
      ["Exact", percent(after.exact, 0)],
      ["Steps", `${steps}${settled ? ", then nothing moved" : ", and some neurons move still"}`],
    ]),
  );
  return 0;
}

export const hopfieldCommand: Command = {
  name: "hopfield",
  summary: "store random patterns in a Hopfield network, recall them spoilt, measure its capacity",
  help: `Stores random patterns of ±1 in a Hopfield network, spoils some of them and lets the network settle. An
overlap of 1 is the stored pattern; the energy never rises under asynchronous updates.

Usage: engram hopfield [--neurons 1000] [--patterns 100] [--storage NAME] [--noise 0.1] [--json]
       engram hopfield --capacity --neurons 4000 [--loads 0.13,0.16] [--json]

  --neurons COUNT    default 1000
  --patterns COUNT   default a tenth of the neurons
  --storage NAME     ${storages.join(", ")}; default hebbian
  --dynamics NAME    ${dynamics.join(" (default: one neuron after another, in a seeded random order) or ")} (all at once);
                     modern storage has its own
  --noise SHARE      probability with which each value of a probe is turned over; default 0.1, with --capacity 0
  --probes COUNT     how many of the patterns are recalled, side by side; default 50
  --steps COUNT      at most; a step gives every neuron one turn; default 100
  --beta NUMBER      inverse temperature of modern storage; default 1
  --capacity         recalls at one load after another; --loads names them (patterns for each neuron)
  --seed NUMBER      of patterns, noise and order; default 1
  --json             one object with all settings and figures

  engram hopfield --neurons 4000 --patterns 520
`,
  options: {
    neurons: { type: "string" },
    patterns: { type: "string" },
    storage: { type: "string" },
    dynamics: { type: "string" },
    noise: { type: "string" },
    probes: { type: "string" },
    steps: { type: "string" },
    beta: { type: "string" },
    capacity: { type: "boolean" },
    loads: { type: "string" },
    seed: { type: "string" },
  },
  async run(values, context) {
    const wanted = asUsage(() => read(values));
    return values.capacity ? runCapacity(wanted, context) : runRecall(wanted, context);
  },
};

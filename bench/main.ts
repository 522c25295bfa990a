/**
 * `npm run bench`: the dense training step against jax-js and TensorFlow.js, in Chrome and in Node, and on request the
 * product tiles, MNIST, Hopfield networks, or spiking ones. Results are printed and kept in bench/results.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openTerminalDevice } from "../src/cli/open";
import { earlierRuns, measure, rules } from "./accuracy/measure";
import { accuracyTable } from "./accuracy/table";
import { inChrome } from "./chrome";
import { type CapacityPoint, capacity, type LargeRecall, large } from "./hopfield/measure";
import { capacityTable, largeTable } from "./hopfield/table";
import { largeRun } from "./large/measure";
import { largeLegend, largeRunTable } from "./large/table";
import { inNode } from "./node";
import { openings } from "./opening/measure";
import { openingLegend, openingTable } from "./opening/table";
import { pageRun } from "./page-large/measure";
import { pageLargeLegend, pageLargeTable } from "./page-large/table";
import type { Place } from "./place";
import { circumstances, commit, contestTable, keep } from "./report";
import { kernelTimes, run } from "./spiking/measure";
import {
  growthTable,
  kernelLegend,
  kernelTable,
  networkLegend,
  networkTable,
  populationTable,
} from "./spiking/table";
import { contest, type Outcome } from "./step/contest";
import { type Problem, problems } from "./step/problem";
import { products, shapes, type TileResult } from "./tiles/measure";
import { tilesTable } from "./tiles/table";

const help = `npm run bench -- [flags]
  --only chrome|node|tiles   the contest in one place, or the tiles (default: the contest in both places)
  --only accuracy            MNIST under every rule, 10 epochs, seeds 1 to 3: hours on a software adapter; runs that are
                             kept in bench/results/mnist.jsonl are not made again
  --only hopfield            capacity of 4,000 neurons and recall of 10,000, in Node; minutes on a software adapter
  --only large               memory and time said and taken of networks of 10⁷ and 10⁸ weights, in Node; a quarter of an hour
                             on a software adapter
  --only opening             seconds from opening the front page to its first curve, in Chrome
  --only page-large          the same of 10⁷ weights in the lab's page, in Chrome; minutes on a software adapter
  --only spiking             spiking benchmark networks, in Node; minutes on a software adapter
  --data DIR                 where MNIST's files are, for the accuracy
  --in-node                  measure the tiles in Node instead of in Chrome
  --rounds N                 rounds (default 7; tiles 5)
  --quick                    3 rounds of short turns, or loads 0.13 and 0.16 only: a look, not a measurement; 10⁷ weights only
  --gpu                      let Chrome use the machine's GPU instead of SwiftShader`;

interface Wanted {
  readonly command: string;
  readonly rounds: number | undefined;
  readonly quick: boolean;
}

const root = resolve(import.meta.dirname, "..");

/** @returns the exit code */
export async function main(args: string[]): Promise<number> {
  try {
    const { only, inNode: nodeTiles, gpu, data, ...wanted } = flags(args);
    if (only === "accuracy") await accuracy(data);
    if (only === "hopfield") await hopfield(wanted);
    if (only === "large") await largeNetworks(wanted);
    if (only === "opening") await opening(gpu, wanted);
    if (only === "page-large") await largeInPage(gpu, wanted);
    if (only === "spiking") await spiking(wanted);
    if (only === "tiles") await (nodeTiles ? inNode().then(tiles(wanted)) : inChrome(gpu, tiles(wanted)));
    if (only === undefined || only === "chrome") await inChrome(gpu, steps(wanted));
    if (only === undefined || only === "node") await inNode().then(steps({ ...wanted, mayLack: true }));
    return 0;
  } catch (error) {
    if (error !== undefined) console.error(`bench: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}

interface Flags extends Wanted {
  readonly only: string | undefined;
  readonly inNode: boolean;
  readonly gpu: boolean;
  readonly data: string | undefined;
}

function flags(args: string[]): Flags {
  const off = { type: "boolean", default: false } as const;
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: { only: text, data: text, rounds: text, quick: off, gpu: off, "in-node": off, help: off },
  });
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const { only, quick, gpu } = values;
  if (
    only !== undefined &&
    ![
      "accuracy",
      "chrome",
      "hopfield",
      "large",
      "node",
      "opening",
      "page-large",
      "spiking",
      "tiles",
    ].includes(only)
  )
    throw new Error(
      `--only takes accuracy, chrome, hopfield, large, node, opening, page-large, spiking or tiles, but got "${only}".`,
    );
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds takes a whole number from 1, but got "${values.rounds}".`);
  const command = ["npm run bench", ...(args.length > 0 ? ["--", ...args] : [])].join(" ");
  return { command, rounds, quick, gpu, only, inNode: values["in-node"], data: values.data };
}

/** Every rule and seed, then the table of all runs that are kept. */
async function accuracy(data: string | undefined): Promise<void> {
  for (const seed of [1, 2, 3])
    for (const rule of rules) {
      if (earlierRuns().some((run) => run.rule === rule && run.seed === seed)) continue;
      if (data === undefined)
        throw new Error("--data DIR is needed: the folder that holds MNIST's four files.");
      const { testAccuracy, seconds } = await measure(root, commit(root), [rule, seed, data]);
      console.error(
        `${rule} seed ${seed}: ${(100 * (testAccuracy.at(-1) ?? 0)).toFixed(2)} % in ${seconds} s`,
      );
    }
  const runs = earlierRuns();
  const facts = (pick: (run: (typeof runs)[number]) => string) => [...new Set(runs.map(pick))].join(", ");
  const how = `\`engram train --rule RULE --task mnist --data DIR --layers 784,512,10 --seed SEED\` · commit ${facts((run) => run.commit)} · ${facts((run) => run.adapter)} · ${facts((run) => run.date)}`;
  keep("mnist.md", "MNIST, every rule at its defaults", "784-512-10", `${how}\n\n${accuracyTable(runs)}`);
}

/** Loads on either side of the collapse near 0.138, and a network of 10,000. */
async function hopfield({ command, quick }: Wanted): Promise<void> {
  const device = await openTerminalDevice();
  const describe = circumstances(root, command, device.facts.name);
  const loads = quick ? [0.13, 0.16] : [0.1, 0.11, 0.12, 0.13, 0.135, 0.14, 0.145, 0.15, 0.16, 0.17, 0.18];
  const [neurons, probes] = [4000, 50];
  const points: CapacityPoint[] = [];
  for await (const point of capacity(device, neurons, loads, probes)) {
    console.error(
      `load ${point.load}: overlap ${point.kept.mean.toFixed(4)} after ${point.kept.steps} sweeps`,
    );
    points.push(point);
  }
  const sizes: (LargeRecall | string)[] = [];
  for (const storage of ["hebbian", "modern"] as const) {
    sizes.push(await large(device, storage, { neurons: 10_000, patterns: 1000, probes }));
    console.error(`10,000 neurons, ${storage}: done`);
  }
  const legend = `${neurons} neurons, Hebbian storage, asynchronous updates, the first ${probes} of the patterns as probes, seed 1: overlap after settling, mean ± standard deviation over the probes. Seconds are of a whole recall, its kernels' compilation in it the first time.`;
  const text = [describe(), legend, capacityTable(points), largeTable(sizes)].join("\n\n");
  keep("hopfield.md", "Hopfield networks", `Node, ${device.facts.name}`, text);
}

/** Ten million weights for 100 steps, and a hundred million for a few; each is kept as soon as it is there. */
async function largeNetworks({ command, quick }: Wanted): Promise<void> {
  const device = await openTerminalDevice();
  const ten = { layers: [784, 3000, 3000, 10], batch: 16, steps: 100, saidAfter: 10 };
  const hundred = { layers: [784, 9600, 9600, 10], batch: 16, steps: 10, saidAfter: 4 };
  for (const run of quick ? [ten] : [ten, hundred]) {
    const describe = circumstances(root, command, device.facts.name);
    const table = largeRunTable(await largeRun(device, run));
    const heading = `${run.layers.join("-")}, Node, ${device.facts.name}`;
    keep("large.md", "Large networks", heading, [describe(), largeLegend, table].join("\n\n"));
  }
}

/** How soon a visitor sees something learn. */
async function opening(gpu: boolean, { command, rounds, quick }: Wanted): Promise<void> {
  const before = circumstances(root, command, "Chrome");
  const results = await openings(rounds ?? (quick ? 3 : 7), gpu);
  const text = [before(), openingLegend, openingTable(results)].join("\n\n");
  const { browser, adapter } = results[0]!;
  keep("opening.md", "Opening the front page", `${browser}, ${adapter}`, text);
}

/** Ten million weights for 100 steps in the lab's page. */
async function largeInPage(gpu: boolean, { command, quick }: Wanted): Promise<void> {
  const before = circumstances(root, command, "Chrome");
  const result = await pageRun(
    { hidden: [3000, 3000], batch: 16, steps: quick ? 30 : 100, saidAfter: 10 },
    gpu,
  );
  const text = [before(), pageLargeLegend, pageLargeTable([result])].join("\n\n");
  keep("page-large.md", "Large networks in the page", `${result.browser}, ${result.adapter}`, text);
}

/** Benchmark networks, the cost of one as it grows, and where the time goes; each part is kept as soon as it is there. */
async function spiking({ command, quick }: Wanted): Promise<void> {
  const device = await openTerminalDevice();
  const short = quick ? 0.1 : 1;
  const measured = async (...given: Parameters<typeof run>) => {
    const one = await run(...given);
    console.error(typeof one === "string" ? one : `${one.title}: ${one.realTimeFactor} times real time`);
    return one;
  };
  const part = async (name: string, legend: string, make: () => Promise<string>) => {
    const describe = circumstances(root, command, device.facts.name);
    const text = await make();
    const heading = `${name}, Node, ${device.facts.name}${quick ? ", short runs" : ""}`;
    keep("spiking.md", "Spiking networks", heading, [describe(), legend, text].join("\n\n"));
  };
  await part("Networks", networkLegend, async () => {
    const networks = [
      await measured(device, "cuba4k", 10 * short),
      await measured(device, "cuba20k", 2 * short),
      await measured(device, "microcircuit", 1.5 * short),
      await measured(device, "brunelStdp", 1 * short),
    ];
    const circuit = networks[2]!;
    return [networkTable(networks), ...(typeof circuit === "string" ? [] : [populationTable(circuit)])].join(
      "\n\n",
    );
  });
  await part("Growth", "cuba-4k grown, at 80 synapses a neuron.", async () =>
    growthTable([
      await measured(device, "cuba4k", 1 * short, 1),
      await measured(device, "cuba4k", 0.2 * short, 25),
      await measured(device, "cuba4k", 0.05 * short, 250),
    ]),
  );
  await part("Kernels", kernelLegend, async () =>
    kernelTable([
      ["cuba-4k", await kernelTimes(device, "cuba4k", 200 * short)],
      ["brunel-stdp", await kernelTimes(device, "brunelStdp", 20 * short)],
    ]),
  );
}

/** The contest at both sizes. In Node a library may be missing, in Chrome none. */
const steps =
  ({ command, rounds, quick, mayLack = false }: Wanted & { mayLack?: boolean }) =>
  async (place: Place): Promise<void> => {
    const describe = circumstances(root, command, place.adapter);
    const results: [Problem, Outcome][] = [];
    for (const problem of problems) {
      console.error(`${place.name}, ${place.adapter}: ${problem.name} ${problem.layers.join("-")}`);
      const outcome = await contest(place, problem, {
        rounds: rounds ?? (quick ? 3 : 7),
        turnMs: quick ? 300 : 1500,
      });
      const [lacking] = outcome.absent;
      if (lacking && !mayLack)
        throw new Error(`${lacking.name} does not run in ${place.name}: ${lacking.why}`);
      results.push([problem, outcome]);
    }
    const text = `${describe()}\n\n${contestTable(results)}`;
    keep("training-step.md", "The dense training step", `${place.name}, ${place.adapter}`, text);
  };

const tiles =
  ({ command, rounds, quick }: Wanted) =>
  async (place: Place): Promise<void> => {
    const describe = circumstances(root, command, place.adapter);
    const results: TileResult[] = [];
    for (const product of products)
      for (const shape of shapes) {
        console.error(`${place.name}, ${place.adapter}: ${product} ${shape.join("×")}`);
        results.push(await place.tiles(product, shape, rounds ?? (quick ? 2 : 5)));
      }
    const legend =
      "GFLOP/s at batch 128 in the best of the interleaved rounds; bold: the fastest tile, star: what the engine takes.";
    const text = `${describe()}\n\n${legend}\n\n${tilesTable(results)}`;
    keep("tiles.md", "Tiles of the dense products", `${place.name}, ${place.adapter}`, text);
  };

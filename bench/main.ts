/**
 * `npm run bench`: the dense training step against jax-js and TensorFlow.js, in Chrome and in Node, and on request the
 * product tiles. Results are printed and kept in bench/results.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { inChrome } from "./chrome";
import { inNode } from "./node";
import type { Place } from "./place";
import { circumstances, contestTable, keep } from "./report";
import { contest, type Outcome } from "./step/contest";
import { type Problem, problems } from "./step/problem";
import { products, shapes, type TileResult } from "./tiles/measure";
import { tilesTable } from "./tiles/table";

const help = `npm run bench -- [flags]
  --only chrome|node|tiles   the contest in one place, or the tiles (default: the contest in both places)
  --in-node                  measure the tiles in Node instead of in Chrome
  --rounds N                 rounds (default 7; tiles 5)
  --quick                    3 rounds of short turns: a look, not a measurement
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
    const { only, inNode: nodeTiles, gpu, ...wanted } = flags(args);
    if (only === "tiles") await (nodeTiles ? inNode().then(tiles(wanted)) : inChrome(gpu, tiles(wanted)));
    if (only === undefined || only === "chrome") await inChrome(gpu, steps(wanted));
    if (only === undefined || only === "node") await inNode().then(steps({ ...wanted, mayLack: true }));
    return 0;
  } catch (error) {
    if (error !== undefined) console.error(`bench: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}

function flags(args: string[]): Wanted & { only: string | undefined; inNode: boolean; gpu: boolean } {
  const off = { type: "boolean", default: false } as const;
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: { only: text, rounds: text, quick: off, gpu: off, "in-node": off, help: off },
  });
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const { only, quick, gpu } = values;
  if (only !== undefined && !["chrome", "node", "tiles"].includes(only))
    throw new Error(`--only takes chrome, node or tiles, but got "${only}".`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds takes a whole number from 1, but got "${values.rounds}".`);
  const command = ["npm run bench", ...(args.length > 0 ? ["--", ...args] : [])].join(" ");
  return { command, rounds, quick, gpu, only, inNode: values["in-node"] };
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

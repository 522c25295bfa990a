/** Plan: the tables and lists that kernels look up, in one array of words. */
import type { Layout } from "./layout";
import { none, packRows, populationWords, projectionWords } from "./tables";

/** Something watched: a value of `state` or of `weights`. */
export interface Probe {
  readonly of: "state" | "weights";
  readonly at: number;
  /** The number among all of the neuron whose own it is. */
  readonly owner?: number;
}

export interface KernelOptions {
  /** Invocations of a workgroup, and neurons of a block. */
  readonly width: number;
  /** Spikes that fit into the list which the host reads. */
  readonly recordRoom: number;
  /** The most steps of one submit. */
  readonly steps: number;
  /** Workgroups that share plastic synapses. */
  readonly groups: number;
  readonly probes: readonly Probe[];
  /** The lanes of a subgroup share a spike's synapses. */
  readonly subgroups: boolean;
}

/** Where runs of the plan start, and the plan itself. */
export interface Plan {
  readonly words: Uint32Array;
  readonly sizes: Readonly<Record<string, number>>;
  readonly blocks: number;
  readonly drawn: readonly number[];
  readonly stored: readonly number[];
  readonly sorted: readonly number[];
}

/** Kernels of the build find these through the plan's first words, so that one kernel serves every network. */
export const buildRuns = ["PLAN_DRAWN", "PLAN_STORED", "PLAN_SORTED", "PLAN_PROJECTIONS"] as const;

/** Packs the tables; called anew when the build has found what wasn't known yet. Positions don't change. */
export function makePlan(layout: Layout, { width, probes }: KernelOptions): Plan {
  const { populations, projections, network } = layout;
  const words = buildRuns.map(() => 0); // where the runs that the build walks start, filled in below
  const sizes: Record<string, number> = {};
  const run = (name: string, values: ArrayLike<number>) => {
    sizes[name] = words.length;
    for (let k = 0; k < values.length; k++) words.push(values[k]!);
  };
  const blocks = populations.flatMap(({ row }, index) =>
    Array.from({ length: Math.ceil(row.size / width) }, (_, block) => [index, block * width]),
  );
  run("PLAN_BLOCKS", blocks.flat());
  const outgoing: number[] = [];
  for (const [index, { row }] of populations.entries()) {
    row.outgoing = outgoing.length;
    projections.forEach((one, p) => {
      if (one.row.pre === index && !one.plastic) outgoing.push(p);
    });
    row.outgoingCount = outgoing.length - row.outgoing;
  }
  run("PLAN_OUTGOING", outgoing);
  const plastic = projections.flatMap((one, p) => (one.plastic ? [p] : []));
  run("PLAN_PLASTIC", plastic);
  for (const { row, delays, plastic: form } of projections)
    if (form) {
      row.delays = words.length;
      words.push(...delays);
    }
  const drawn = projections.flatMap((one, p) => (one.spec.connect.kind === "list" ? [] : [p]));
  const stored = drawn.filter((p) => projections[p]!.row.storage === 0);
  const sorted = stored.filter((p) => {
    const { row, delays } = projections[p]!;
    return row.connect >= 6 || delays.length > 1;
  });
  run("PLAN_DRAWN", drawn);
  run("PLAN_STORED", stored);
  run("PLAN_SORTED", sorted);
  run(
    "PLAN_PROBES",
    probes.flatMap(({ of, at, owner = none }) => [of === "weights" ? 1 : 0, at, owner]),
  );
  run("PLAN_DOPAMINE", dopamineWords(layout));
  if (!network.dopamine) sizes.PLAN_DOPAMINE = none;
  run(
    "PLAN_POPULATIONS",
    packRows(
      populationWords,
      populations.map(({ row }) => row),
    ),
  );
  run(
    "PLAN_PROJECTIONS",
    packRows(
      projectionWords,
      projections.map(({ row }) => row),
    ),
  );
  buildRuns.forEach((name, index) => {
    words[index] = sizes[name]!;
  });
  return {
    words: Uint32Array.from(words),
    sizes: { ...sizes, BLOCKS: blocks.length, PLASTIC: plastic.length },
    blocks: blocks.length,
    drawn,
    stored,
    sorted,
  };
}

function dopamineWords({ network, populations }: Layout): number[] {
  const { dopamine, dt, seed } = network;
  if (!dopamine) return [];
  const index = (name: string | undefined) =>
    name === undefined ? none : populations.findIndex(({ spec }) => spec.name === name);
  const { released, reward } = dopamine;
  const steps = (ms: number) => Math.round(ms / dt);
  return [
    index(released?.population),
    index(reward?.pre.population),
    reward?.pre.neuron ?? 0,
    index(reward?.post.population),
    reward?.post.neuron ?? 0,
    steps(reward?.within ?? 0),
    steps(reward?.delay[0] ?? 0),
    steps(reward?.delay[1] ?? 0),
    seed ^ 0xd0a,
  ];
}

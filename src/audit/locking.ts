/** Update locking: what must have happened before a synapse can change, and what of the past must be kept for it. */
import { rowCount } from "../gpu/field";
import { type Own, whatOf } from "./activity";
import { type Edge, reach, type Version, type VersionGraph } from "./graph";

export interface Locking {
  /** Records that must have run, beyond those that gave the neuron its own activity. */
  readonly steps: number;
  /** Other layers among them. */
  readonly layers: readonly number[];
  readonly phases: readonly string[];
  /** Versions read although newer ones exist: what the past must be kept or replayed for. */
  readonly superseded: number;
}

/**
 * @param reads what the update reads
 * @param within its signal ancestors of this step
 * @param spoken what neurons say
 */
export function lockingOf(
  graph: VersionGraph,
  update: Version,
  reads: readonly Edge[],
  within: ReadonlySet<Version>,
  own: Own,
  spoken: ReadonlySet<string>,
): Locking {
  const { layer } = update.record!;
  const waits = [...within].filter((version) => version.at >= 0 && !own.all.has(version));
  return {
    steps: new Set(waits.map(({ at }) => at)).size,
    layers: [...new Set(waits.map((version) => version.record!.layer))]
      .filter((l) => l !== layer)
      .sort((a, b) => a - b),
    phases: [...new Set(waits.map((version) => version.record!.phase))],
    superseded: superseded(graph, update, reads, within, own, spoken),
  };
}

/**
 * What neurons must remember of what they said before: versions of their activity that were overwritten by then and reached
 * the update through their own memory alone (a history, a free phase's copy); or, where a field holds several rows for each
 * sample side by side, all of them but one.
 */
function superseded(
  graph: VersionGraph,
  update: Version,
  reads: readonly Edge[],
  within: ReadonlySet<Version>,
  own: Own,
  spoken: ReadonlySet<string>,
): number {
  const last = new Map<string, number>();
  for (const { field, at } of graph.written) if (at < update.at) last.set(field.name, at);
  const says = ({ field }: Version) => field.site === "neuron" && spoken.has(whatOf(field));
  const remembered = reach(reads, {
    through: (version) => version.record?.verb === "local" && within.has(version) && !says(version),
  });
  const old = [...reads, ...[...remembered].flatMap(({ from }) => from)].filter(
    ({ to, carried }) => !carried && says(to) && to.at >= 0 && last.get(to.field.name)! > to.at,
  );
  const samples = own.first ? rowCount(own.first.field) : 1;
  const rows = [...within].filter(says).map(({ field }) => rowCount(field));
  return Math.max(new Set(old.map(({ to }) => to)).size, Math.max(samples, ...rows) / samples - 1);
}

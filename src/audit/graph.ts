/**
 * The graph of versions behind a schedule. Every write makes a new version of a field; a read takes the newest one
 * before it, or the one carried over from the previous training step. The audit walks this graph and nothing else.
 */
import type { Field } from "../gpu/field";
import { type ReadIndex, type Schedule, type ScheduleRecord, unroll } from "../gpu/schedule";

export interface Edge {
  readonly to: Version;
  readonly index: ReadIndex;
  /** True where the version read is the previous training step's. */
  readonly carried: boolean;
}

/** A field as it stands after one write, or as the step found it. */
export interface Version {
  readonly field: Field;
  /** Place of the write among the graph's records; −1 for what no record of the step writes. */
  readonly at: number;
  /** The record that wrote it, if any did. */
  readonly record: ScheduleRecord | undefined;
  readonly from: readonly Edge[];
}

export interface VersionGraph {
  readonly records: readonly ScheduleRecord[];
  /** All versions that the step writes, in order. */
  readonly written: readonly Version[];
  /** Synapse fields that activity or signals travel through: those that a project or a transport reads. */
  readonly weights: ReadonlySet<string>;
  /** The weights that activity travels forward through. */
  readonly projected: ReadonlySet<string>;
}

const givesBatch = ({ writes }: ScheduleRecord): boolean =>
  writes.every(({ field }) => field.role === "input" || field.role === "target");

/** Builds the graph of one training step, repeats unrolled. */
export function versionGraph(schedule: Schedule): VersionGraph {
  // Putting a batch in is the task's doing, not the rule's: its fields stand as the step found them.
  const records = [...unroll(schedule)].map(({ record }) => record).filter((record) => !givesBatch(record));
  const newest = new Map<string, Version>();
  const waiting: { edge: { to: Version; carried: boolean }; field: Field }[] = [];
  const written: Version[] = [];
  records.forEach((record, at) => {
    // All writes of a record see what stood before it, also where it writes several fields.
    const versions = record.writes.map(({ field, from }): Version => {
      const edges = from.map((read) => {
        const before = newest.get(read.field.name);
        const edge = { to: before as Version, index: read.index, carried: before === undefined };
        if (!before) waiting.push({ edge, field: read.field });
        return edge;
      });
      return { field, at, record, from: edges };
    });
    for (const version of versions) {
      newest.set(version.field.name, version);
      written.push(version);
    }
  });
  // What was read before any write is the last version of the step before, or what no record ever writes.
  const found = new Map<string, Version>();
  for (const { edge, field } of waiting) {
    const last = newest.get(field.name);
    let version = last ?? found.get(field.name);
    if (!version) {
      version = { field, at: -1, record: undefined, from: [] };
      found.set(field.name, version);
    }
    edge.to = version;
    edge.carried = last !== undefined;
  }
  const readBy = (verbs: readonly string[]) =>
    new Set(
      records
        .filter(({ verb }) => verbs.includes(verb))
        .flatMap(({ writes }) => writes.flatMap(({ from }) => from.map(({ field }) => field)))
        .filter(({ site }) => site === "synapse")
        .map(({ name }) => name),
    );
  return { records, written, weights: readBy(["project", "transport"]), projected: readBy(["project"]) };
}

/** Which edges a walk follows, and where it stops. */
export interface Walk {
  /** Follow edges into the previous training step. */
  readonly carried?: boolean;
  /** Visit this version and go behind it. Others are left out. */
  readonly through: (version: Version) => boolean;
}

/** Everything that a walk reaches from the given edges, in no order. */
export function reach(edges: readonly Edge[], walk: Walk): Set<Version> {
  const reached = new Set<Version>();
  const open = [...edges];
  for (let edge = open.pop(); edge; edge = open.pop()) {
    if ((edge.carried && !walk.carried) || reached.has(edge.to) || !walk.through(edge.to)) continue;
    reached.add(edge.to);
    open.push(...edge.to.from);
  }
  return reached;
}

/**
 * Audit: what a rule asks of biology, derived from its schedule. Nothing here knows any rule by name: it follows reads
 * and writes backwards from each weight update, as the design's section "The audit, exactly" defines.
 */
import type { Schedule } from "../gpu/schedule";
import { isSetting, ownActivity, signalsOf, spokenFields } from "./activity";
import { reach, type Version, type VersionGraph, versionGraph } from "./graph";
import { type HeardValue, hear, type Locality, localityOf } from "./locality";
import { type Locking, lockingOf } from "./locking";
import { combine, type TeachingSignal, teach } from "./teaching";
import { type TransportedWeight, transportedWeights } from "./transport";

export type { HeardValue, Locality, Origin } from "./locality";
export type { TeachingSignal } from "./teaching";
export type { TransportedWeight } from "./transport";

export interface UpdateAudit {
  readonly weight: string;
  readonly projection: string;
  readonly layer: number;
  /** True for weights that carry activity; false for those that only carry signals back. */
  readonly forward: boolean;
  readonly weightTransport: readonly TransportedWeight[];
  readonly locking: Locking;
  readonly locality: Locality;
  readonly heard: readonly HeardValue[];
  readonly teaching: TeachingSignal | null;
}

/**
 * Audits every weight update of one training step, in the order in which the step makes them.
 * @param of `time` where the schedule is one step of time and not a whole training step; default `training`
 */
export function audit(schedule: Schedule, of: "training" | "time" = "training"): UpdateAudit[] {
  const graph = versionGraph(schedule);
  return graph.written
    .filter((version) => isUpdate(graph, version))
    .map((update) => auditUpdate(graph, update, of === "time"));
}

/** Plasticity: a weight that `correlate` moves, or that some other record moves on from its own last value. */
function isUpdate(graph: VersionGraph, { field, record, from }: Version): boolean {
  return (
    graph.weights.has(field.name) &&
    (record?.verb === "correlate" ||
      from.some(({ to, index }) => to.field.name === field.name && index === "own"))
  );
}

function auditUpdate(graph: VersionGraph, update: Version, timed: boolean): UpdateAudit {
  const { writes, layer } = update.record!;
  const itself = new Set(writes.map(({ field }) => field.name)); // the weight and the optimiser's memory of it
  const reads = update.from.filter(
    ({ to, index }) => !(index === "own" && itself.has(to.field.name)) && !isSetting(to),
  );
  const signal = signalsOf(graph);
  const own = ownActivity(graph, update, signal, timed);
  const spoken = spokenFields(graph);
  const heard = reads.map((read) => hear(read, own, spoken, signal));
  const teaching = reads.flatMap((read, at) => teach(read, heard[at]!.origin, own.all, signal, layer) ?? []);
  return {
    weight: update.field.name,
    projection: update.field.home,
    layer,
    forward: graph.projected.has(update.field.name),
    weightTransport: transportedWeights(graph, reach(reads, { through: signal, carried: true })),
    locking: lockingOf(graph, update, reads, reach(reads, { through: signal }), own, spoken),
    locality: localityOf(heard.map(({ origin }) => origin)),
    heard,
    teaching: combine(teaching),
  };
}

/**
 * Lanes: a schedule laid out in time. Every record begins as soon as what it reads is there, so records that need
 * nothing of each other share a column; what stays empty between a layer's own activity and its update is waiting.
 */
import { type VersionGraph, versionGraph } from "../audit/graph";
import type { Schedule, ScheduleRecord } from "../gpu/schedule";

export interface Block {
  readonly record: ScheduleRecord;
  /** From 0. */
  readonly column: number;
}

export interface Lane {
  /** From 0, the input. */
  readonly layer: number;
  readonly blocks: readonly Block[];
  /** Columns in which the layer has its activity but not yet what its update needs. */
  readonly waiting: readonly number[];
}

export interface Lanes {
  readonly columns: number;
  /** From the output down. */
  readonly lanes: readonly Lane[];
}

/** Phases of a training step that are no part of the rule: drawing samples and counting scores. */
const housekeeping = new Set(["sample", "score"]);

export function lanesOf(schedule: Schedule): Lanes {
  const graph = versionGraph(schedule);
  const columns = columnsOf(graph);
  const blocks = graph.records.flatMap((record, at): Block[] =>
    housekeeping.has(record.phase) ? [] : [{ record, column: columns[at]! }],
  );
  const first = Math.min(...blocks.map(({ column }) => column));
  const shifted = blocks.map(({ record, column }) => ({ record, column: column - first }));
  const top = Math.max(...shifted.map(({ record }) => record.layer));
  const lanes = Array.from({ length: top }, (_, index): Lane => {
    const layer = top - index;
    const own = shifted.filter(({ record }) => record.layer === layer);
    return { layer, blocks: own, waiting: waitingOf(own, graph) };
  });
  return { columns: 1 + Math.max(...shifted.map(({ column }) => column)), lanes };
}

/** The column of each record: one after the last that wrote what it reads in this step. */
function columnsOf({ records, written }: VersionGraph): number[] {
  const columns = records.map(() => 0);
  for (const { at, from } of written)
    for (const { to, carried } of from)
      if (!carried && to.at >= 0 && to.at !== at) columns[at] = Math.max(columns[at]!, 1 + columns[to.at]!);
  return columns;
}

/** The empty columns between a layer's forward project and the last update of its forward weight. */
function waitingOf(blocks: readonly Block[], graph: VersionGraph): number[] {
  const starts = blocks.find(({ record }) => record.verb === "project" && record.phase === "forward");
  const ends = blocks.findLast(
    ({ record }) =>
      record.verb === "correlate" && record.writes.some(({ field }) => graph.projected.has(field.name)),
  );
  if (!starts || !ends) return [];
  const busy = new Set(blocks.map(({ column }) => column));
  const between = Array.from(
    { length: Math.max(0, ends.column - starts.column - 1) },
    (_, index) => starts.column + 1 + index,
  );
  return between.filter((column) => !busy.has(column));
}

/** What an audit takes for activity: what neurons say, and what the post neurons of an update said first in this step. */
import type { Field } from "../gpu/field";
import { reach, type Version, type VersionGraph } from "./graph";

/** Whether a walk may pass a version: neuron, global and trace fields carry signals, weights and settings don't. */
export type Signal = (version: Version) => boolean;

export const isSetting = ({ field }: Version) => field.role === "setting";

/** What counts as a signal in a step. */
export const signalsOf =
  (graph: VersionGraph): Signal =>
  (version) =>
    !graph.weights.has(version.field.name) && !isSetting(version);

/** Own activity of an update. */
export interface Own {
  readonly first: Version | undefined;
  /** The first activity and its ancestors. */
  readonly all: ReadonlySet<Version>;
}

/**
 * The earliest version of the post population's activity in this step that has the input among its ancestors.
 * @param carried follow it into earlier steps too: in steps of time, what a neuron says now came of what others said before
 */
export function ownActivity(graph: VersionGraph, update: Version, signal: Signal, carried = false): Own {
  const post = graph.records.find(
    ({ verb, writes }) =>
      verb === "project" && writes[0]!.from.some(({ field }) => field.home === update.field.home),
  )?.writes[0]?.field.home;
  for (const version of graph.written) {
    if (version.field.site !== "neuron" || version.field.home !== post) continue;
    const behind = reach(version.from, { through: signal, carried });
    if ([...behind].some(({ field }) => field.role === "input"))
      return { first: version, all: behind.add(version) };
  }
  return { first: undefined, all: new Set() };
}

/** What of its population a field holds: the last part of its name. */
export const whatOf = ({ name }: Field): string => name.slice(name.lastIndexOf("/") + 1);

/** What neurons say, by the names that their fields have in every population: what some project sends on. */
export function spokenFields(graph: VersionGraph): ReadonlySet<string> {
  const sent = graph.records
    .filter(({ verb }) => verb === "project")
    .flatMap(({ writes }) => writes.flatMap(({ from }) => from.map(({ field }) => field)));
  return new Set(sent.filter(({ site }) => site === "neuron").map(whatOf));
}

/** Locality: where each value that an update reads comes from. */
import type { Field } from "../gpu/field";
import type { ReadIndex } from "../gpu/schedule";
import { isSetting, type Own, type Signal, whatOf } from "./activity";
import { type Edge, reach, type Version } from "./graph";

/** Where a value that an update reads comes from. */
export type Origin = "own" | "lateral" | "broadcast" | "delivered";

/** `own` values only; with a broadcast scalar; with what the population's other neurons do; with values sent from elsewhere. */
export type Locality = "local" | "three-factor" | "lateral" | "delivered";

export interface HeardValue {
  readonly field: string;
  readonly site: Field["site"];
  readonly index: ReadIndex;
  readonly origin: Origin;
  /** For a delivered value: the neurons' own activity carries it, or fields that exist to carry errors. */
  readonly carrier: "activity" | "error" | null;
}

const sideways = (edges: readonly Edge[]) =>
  edges.some(({ index }) => index === "layer" || index === "dendrite");

/**
 * What carries a delivered value. If it came down through transports: activity, where each of them sends what neurons also
 * say upwards. If the target entered at the neuron itself: activity, where it reached the synapse in what the neuron says.
 */
function carrierOf(
  read: Edge,
  behind: readonly Version[],
  own: Own,
  spoken: ReadonlySet<string>,
): "activity" | "error" {
  if (own.first !== undefined && read.to.field.name === own.first.field.name) return "activity";
  const sent = behind.flatMap(({ record }) =>
    record?.verb === "transport" ? (record.bind.error ?? []) : [],
  );
  const carried = sent.length > 0 ? sent : [read.to.field];
  return carried.every((field) => spoken.has(whatOf(field))) ? "activity" : "error";
}

/** Says of one read of an update where its value comes from. */
export function hear(read: Edge, own: Own, spoken: ReadonlySet<string>, signal: Signal): HeardValue {
  const { to, index } = read;
  const outside = (version: Version) => signal(version) && !own.all.has(version);
  const behind = [...reach([read], { carried: true, through: (v) => outside(v) })].filter(isNeuronPath(read));
  const delivered = behind.some(
    ({ record, field }) => record?.verb === "transport" || field.role === "target",
  );
  const lateral =
    sideways([read]) ||
    behind.some(({ record, from }) => record?.verb === "pool" || sideways(from.filter(within)));
  const broadcast = to.field.site === "global" || behind.some(({ field }) => field.site === "global");
  const origin: Origin =
    to.field.site === "global"
      ? "broadcast"
      : delivered
        ? "delivered"
        : lateral
          ? "lateral"
          : broadcast
            ? "broadcast"
            : "own";
  return {
    field: to.field.name,
    site: to.field.site,
    index,
    origin,
    carrier: origin === "delivered" ? carrierOf(read, behind, own, spoken) : null,
  };
}

const within = ({ to }: Edge) => !isSetting(to);

/** Leaves out what is heard only through a global: a scalar's history is the broadcaster's, not the synapse's. */
function isNeuronPath(read: Edge): (version: Version) => boolean {
  const near = reach([read], {
    carried: true,
    through: ({ field, record }) => field.site !== "global" || record === undefined,
  });
  return (version) => near.has(version) || version.field.site === "global";
}

/** What a synapse needs, by the farthest of the values that it hears. */
export function localityOf(origins: readonly Origin[]): Locality {
  if (origins.includes("delivered")) return "delivered";
  if (origins.includes("lateral")) return "lateral";
  return origins.includes("broadcast") ? "three-factor" : "local";
}

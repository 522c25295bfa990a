/** Weight transport: which weights the synapses of other neurons had to know for an update. */
import { reach, type Version, type VersionGraph } from "./graph";

export interface TransportedWeight {
  /** The weight that another synapse had to know. */
  readonly weight: string;
  /** What was read in the transport: the weight itself, or a field derived from it. */
  readonly through: string;
}

/** Transports among the ancestors that read a weight some project reads, or a field derived from one by synapses alone. */
export function transportedWeights(
  graph: VersionGraph,
  ancestors: ReadonlySet<Version>,
): TransportedWeight[] {
  const found = new Map<string, TransportedWeight>();
  for (const { record, from } of ancestors) {
    if (record?.verb !== "transport") continue;
    for (const read of from.filter(({ to }) => to.field.site === "synapse"))
      for (const { field } of reach([read], {
        carried: true,
        through: ({ field: f }) => f.site === "synapse",
      }))
        if (graph.projected.has(field.name))
          found.set(`${field.name} ${read.to.field.name}`, {
            weight: field.name,
            through: read.to.field.name,
          });
  }
  return [...found.values()];
}

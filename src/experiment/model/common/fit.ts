/** Fit: which synapses a network keeps. What an adapter can't hold is drawn anew at every spike, where that is possible. */
import type { Device } from "../../../gpu/device";
import type { ProjectionSpec, SpikingNetwork } from "../../../net/spiking/model";
import { find, nameOf } from "../../../net/spiking/spec";

/** The mean number of synapses of a projection. */
export function expectedSynapses({ populations }: SpikingNetwork, projection: ProjectionSpec): number {
  const { connect } = projection;
  const pre = find(populations, projection.pre).size;
  const post = find(populations, projection.post).size;
  switch (connect.kind) {
    case "all-to-all":
      return pre * post;
    case "one-to-one":
      return pre;
    case "fixed-probability":
      return pre * post * connect.probability;
    case "fixed-in-degree":
      return post * connect.count;
    case "fixed-out-degree":
      return pre * connect.count;
    case "fixed-total":
      return connect.count;
    case "distance":
      return pre * post * Math.min(1, connect.peak * 2 * Math.PI * connect.width ** 2);
    case "list":
      return connect.pre.length;
  }
}

/** Of words of 4 bytes: those in the array of synapses, and those in the array of weights. */
function wordsOf(network: SpikingNetwork, projection: ProjectionSpec): { synapses: number; weights: number } {
  const { plasticity, weight } = projection;
  const count = expectedSynapses(network, projection);
  if (plasticity)
    return { synapses: 3 * count, weights: (1 + Object.keys(plasticity.model.state ?? {}).length) * count };
  return { synapses: count, weights: typeof weight === "number" ? 0 : count };
}

/** Whether its synapses follow from their pre neuron alone, as `checkNetwork` demands of procedural ones. */
function mayBeProcedural({ connect, plasticity }: ProjectionSpec): boolean {
  if (plasticity || connect.kind === "list" || connect.kind === "fixed-in-degree") return false;
  return connect.kind !== "fixed-total" || connect.repeats === true;
}

export interface Fitted {
  readonly network: SpikingNetwork;
  /** Names of the projections that keep no synapses. */
  readonly procedural: readonly string[];
}

/** Bytes left to everything else: neurons, spikes under way, records. */
const margin = 1.05;

/**
 * The network as the adapter can hold it: all synapses stored where both arrays of them fit into a binding and the memory
 * that is left, else every projection that can be is procedural. Either way the synapses are the same.
 */
export function storeWhatFits(device: Device, network: SpikingNetwork): Fitted {
  const { maxBufferSize, maxStorageBufferBindingSize } = device.gpu.limits;
  const binding = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  const left = (device.memory ?? Number.POSITIVE_INFINITY) - device.allocated;
  const words = network.projections
    .filter(({ storage }) => storage !== "procedural")
    .map((projection) => wordsOf(network, projection));
  const synapses = 4 * margin * words.reduce((sum, one) => sum + one.synapses, 0);
  const weights = 4 * margin * words.reduce((sum, one) => sum + one.weights, 0);
  const fits = Math.max(synapses, weights) <= binding && synapses + weights <= left;
  const projections = network.projections.map(
    (one): ProjectionSpec => (!fits && mayBeProcedural(one) ? { ...one, storage: "procedural" } : one),
  );
  return {
    network: { ...network, projections },
    procedural: projections.filter(({ storage }) => storage === "procedural").map(nameOf),
  };
}

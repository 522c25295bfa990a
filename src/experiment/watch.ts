/** Watch: values of a simulation that are written down at every step, and where on the GPU they lie. */
import { unknownName } from "../gpu/name";
import type { Layout } from "../net/spiking/layout";
import { parameterAt } from "../net/spiking/numbers";
import type { Probe } from "../net/spiking/plan";
import { none } from "../net/spiking/tables";
import { synapseVariables } from "./simulation-arrays";

/** A value that is written down at every step. */
export type Watched =
  /** A state variable of a neuron, such as its membrane. */
  | { readonly population: string; readonly neuron: number; readonly variable: string }
  /** A synapse's weight, or another variable of its rule, by its place in `synapses`. */
  | { readonly projection: string; readonly synapse: number; readonly variable?: string }
  | { readonly dopamine: true };

/** @throws for a name or a number that the network doesn't have */
export function probeOf(layout: Layout, watched: Watched): Probe {
  if ("dopamine" in watched) return { of: "state", at: 0 };
  if ("population" in watched) {
    const found = layout.populations.find(({ spec }) => spec.name === watched.population);
    const { population, neuron, variable } = watched;
    if (!found)
      throw new Error(
        unknownName(
          "population",
          population,
          layout.network.populations.map(({ name }) => name),
        ),
      );
    const names = Object.keys(found.spec.model.state);
    if (!names.includes(variable)) throw new Error(unknownName("state variable", variable, names));
    if (!(neuron >= 0 && neuron < found.row.size))
      throw new Error(
        `"${population}" has neurons 0 to ${found.row.size - 1}, but neuron ${neuron} was to be watched.`,
      );
    const { row } = found;
    const at = row.state + names.indexOf(variable) * row.size + neuron;
    return { of: "state", at, owner: row.neurons + neuron };
  }
  const found = layout.projections.find(({ name }) => name === watched.projection);
  if (!found)
    throw new Error(
      unknownName(
        "projection",
        watched.projection,
        layout.projections.map(({ name }) => name),
      ),
    );
  const names = Object.keys(synapseVariables(found));
  const variable = watched.variable ?? "weight";
  if (!names.includes(variable)) throw new Error(unknownName("synapse variable", variable, names));
  if (found.row.weights === none || !(watched.synapse < found.row.count))
    throw new Error(
      `"${watched.projection}" keeps ${found.row.weights === none ? "no weights" : `${found.row.count} synapses`}, so synapse ${watched.synapse} can't be watched.`,
    );
  return {
    of: "weights",
    at: found.row.weights + names.indexOf(variable) * found.row.count + watched.synapse,
  };
}

/** What is added to a watched value so that people see it in the model's own unit. */
export function offsetOf(layout: Layout, watched: Watched): number {
  if (!("population" in watched)) return 0;
  const { spec } = layout.populations.find((one) => one.spec.name === watched.population)!;
  const from = spec.model.state[watched.variable]!.from;
  return from ? parameterAt(spec, from, watched.neuron) : 0;
}

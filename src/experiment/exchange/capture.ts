/** What a simulation has made of a network's description: its synapses as drawn or learned, and its state. */
import type { Simulation } from "../simulation";
import type { NetworkArrays } from "./export";
import type { State } from "./write-neurons";
import type { SynapseList } from "./write-synapses";

/**
 * The arrays that `exportNetwork` asks for. Before the first step the state is left to the description, which holds it in
 * float64; later it is read, as the sum that people see, in f32.
 * @throws for a procedural projection, which keeps no synapses
 */
export async function arraysOf(simulation: Simulation): Promise<NetworkArrays> {
  const { network, names } = simulation;
  const synapses: Record<string, SynapseList> = {};
  for (const name of names.projections) {
    const { pre, post, delay } = await simulation.readSynapses(name);
    const weight = await simulation.readWeights(name);
    synapses[name] = { pre, post, weight, delay: delay.map((ms) => Math.round(ms / network.dt)) };
  }
  if (simulation.step === 0) return { synapses };
  const state: Record<string, State> = {};
  for (const { name, model } of network.populations) {
    const own: Record<string, Float32Array> = {};
    for (const variable of Object.keys(model.state)) own[variable] = await simulation.read(name, variable);
    state[name] = own;
  }
  return { synapses, state };
}

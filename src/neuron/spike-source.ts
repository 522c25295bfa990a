/** A source of spikes at given times. */
import type { NeuronModel } from "../net/spiking/model";

/** Fires at the times that the population's `times` give each neuron, in ms, each in the step nearest to it. */
export const spikeSource: NeuronModel = {
  name: "spike-source",
  about: "Fires at the times it is given.",
  source: "the given times",
  params: {},
  state: {},
  ports: [],
  derive: () => ({}),
  shader: "neuron/spike-source",
  timed: true,
};

/** CUBA with 4,000 neurons: the benchmark that most simulators have run. */
import { cuba } from "./common/cuba";
import { networkModel } from "./common/network-model";

const numbers = { neurons: 4000, probability: 0.02, excitatory: 1.62, inhibitory: -9 };

export const model = networkModel({
  name: "cuba-4k",
  about: "the CUBA benchmark: 4,000 neurons, 80 synapses each",
  source: "Vogels & Abbott 2005; Brette et al. 2007, benchmark 2",
  shows: "Irregular activity at 5 to 6 spikes/s that keeps itself going without any input.",
  seconds: 10,
  scale: { default: 1, min: 0.02, max: 1000 },
  transientMs: 200,
  network: (options) => cuba(numbers, options),
});

/** CUBA with 20,000 neurons and weak synapses: deliveries dominate. */
import { cuba } from "./common/cuba";
import { networkModel } from "./common/network-model";

const numbers = { neurons: 20_000, probability: 0.05, excitatory: 0.1296, inhibitory: -0.72 };

export const model = networkModel({
  name: "cuba-20k",
  about: "the CUBA benchmark grown: 20,000 neurons, 1,000 weak synapses each",
  source: "Vogels & Abbott 2005; Brette et al. 2007, benchmark 2, with weights for 1,000 synapses",
  shows: "Irregular activity at about 2 spikes/s, with ten times the deliveries of cuba-4k a spike.",
  seconds: 2,
  scale: { default: 1, min: 0.05, max: 1000 },
  transientMs: 200,
  network: (options) => cuba(numbers, options),
});

/** A source of spikes at random times. */
import type { NeuronModel } from "../net/spiking/model";
import { number } from "./common/parameter";

/** How finely the kernel's random numbers are graded. */
const grain = 2 ** -24;

/**
 * Fires in a step of dt ms with probability 1 − exp(−rate · dt / 1000): whether a Poisson process of `rate` has an event
 * in it. `rate` in spikes/s, per neuron if need be.
 */
export const poisson: NeuronModel = {
  name: "poisson",
  about: "Fires at random at a given rate, each step by itself.",
  source: "the Poisson process: P(no event in dt) = exp(−rate · dt)",
  params: { rate: number(10, "spikes/s", "mean rate", 0) },
  state: {},
  ports: [],
  derive: ({ rate }, dt) => {
    const probability = -Math.expm1((-rate! * dt) / 1000);
    // A probability finer than the grain would be rounded: at 0.01 spikes/s and 0.1 ms by a hundredth.
    const whole = Math.floor(probability / grain) * grain;
    return { whole, part: (probability - whole) / grain };
  },
  shader: "neuron/poisson",
};

/** The network of Izhikevich 2007, whole or in small, with an electrode at every excitatory neuron and a dopamine population. */
import type { SpikingNetwork } from "../../src/net/spiking/model";
import { izhikevich } from "../../src/neuron/izhikevich";
import { rewardStdp } from "../../src/plasticity/reward-stdp";
import { electrode } from "../stdp/electrode";

export interface Size {
  readonly excitatory: number;
  readonly inhibitory: number;
  /** Synapses of each excitatory neuron onto either population, and of each inhibitory one onto excitatory neurons. */
  readonly fan: { readonly excitatory: number; readonly inhibitory: number; readonly inhibition: number };
}

export const sizes = {
  full: { excitatory: 800, inhibitory: 200, fan: { excitatory: 80, inhibitory: 20, inhibition: 100 } },
  small: { excitatory: 160, inhibitory: 40, fan: { excitatory: 32, inhibitory: 8, inhibition: 40 } },
} as const satisfies Record<string, Size>;

/** Of excitatory weights, mV/ms. */
export const strongest = 4;
/** Neurons that release dopamine, each spike so much. */
export const releasing = { neurons: 20, amount: 0.05 } as const;
export const plastic = "excitatory-excitatory/input";
/** Fires its neuron at once, whatever it was about to do; mV/ms. */
const strong = 100;

/** @param tauEligibility ms */
export function rewarded(
  { excitatory, inhibitory, fan }: Size,
  seed: number,
  tauEligibility: number,
): SpikingNetwork {
  const learns = {
    pre: "excitatory",
    port: "input",
    weight: 1,
    delay: 1,
    plasticity: { model: rewardStdp, params: { tauEligibility }, min: 0, max: strongest, every: 10 },
  };
  const to = (count: number) => ({ kind: "fixed-out-degree", count }) as const;
  return {
    dt: 1,
    seed,
    populations: [
      { name: "excitatory", model: izhikevich, size: excitatory, params: { noise: 13 } },
      { name: "inhibitory", model: izhikevich, size: inhibitory, params: { noise: 13, a: 0.1, d: 2 } },
      { name: "electrode", model: electrode, size: excitatory },
      { name: "dopamine", model: electrode, size: releasing.neurons },
    ],
    projections: [
      { ...learns, post: "excitatory", connect: to(fan.excitatory) },
      { ...learns, post: "inhibitory", connect: to(fan.inhibitory) },
      {
        pre: "inhibitory",
        post: "excitatory",
        port: "input",
        weight: -1,
        delay: 1,
        connect: to(fan.inhibition),
      },
      {
        pre: "electrode",
        post: "excitatory",
        port: "input",
        weight: strong,
        connect: { kind: "one-to-one" },
      },
    ],
    dopamine: { tau: -1 / Math.log(0.995), released: { population: "dopamine", amount: releasing.amount } },
  };
}

/** What runs here, and on what. */
export function sizeText({ excitatory, inhibitory, fan }: Size, adapter: string): string {
  const each = fan.excitatory + fan.inhibitory;
  const what = `${excitatory} excitatory and ${inhibitory} inhibitory neurons with ${each} synapses each, on ${adapter}`;
  return excitatory === sizes.full.excitatory
    ? `Here runs the paper’s own size: ${what}.`
    : `Here runs a fifth of the paper’s network: ${what}.`;
}

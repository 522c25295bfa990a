/** Diehl & Cook's network as plain data: pixels that fire at random, neurons that compete for images, and their rule. */
import type { Connect, SpikingNetwork } from "../../../net/spiking/model";
import { diehlCook, diehlCookInhibitory } from "../../../neuron/diehl-cook";
import { poisson } from "../../../neuron/poisson";
import { diehlCookStdp } from "../../../plasticity/diehl-cook-stdp";

/** Their numbers; times in ms. */
export const diehlCookNumbers = {
  dt: 0.5,
  /** An image, and the darkness after it. */
  shown: 350,
  rest: 150,
  /** Spikes/s of a pixel: its byte, over 8, times the intensity. */
  brightness: 1 / 8,
  intensity: 2,
  /** An image that brings fewer spikes is shown again, the intensity one higher. */
  leastSpikes: 5,
  /** What the weights onto each neuron are scaled to add up to before an image is shown. */
  total: 78,
  excites: 10.4,
  inhibits: 17,
} as const;

/** The greatest intensity: at it a bright pixel fires in six steps of ten. */
export const mostIntensity = 64;

export interface DiehlCookSize {
  readonly inputs: number;
  /** Excitatory neurons; each has an inhibitory partner. */
  readonly neurons: number;
  readonly seed: number;
  /** What the weights onto each neuron are scaled to add up to before an image is shown; default 78. */
  readonly total?: number;
  /** Conductance that an inhibitory neuron's spike adds in every excitatory one but its partner; default 17. */
  readonly inhibits?: number;
}

/** The chance of a byte's pixel to fire, as the rate of the Poisson model: spikes/s. */
export function rateOf(byte: number, intensity: number): number {
  return byte * diehlCookNumbers.brightness * intensity;
}

/** Each inhibitory neuron reaches every excitatory one but its own. */
function allButPartners(neurons: number): Connect {
  const count = neurons * (neurons - 1);
  const pre = Uint32Array.from({ length: count }, (_, k) => Math.floor(k / (neurons - 1)));
  const post = pre.map((own, k) => (k % (neurons - 1)) + (k % (neurons - 1) >= own ? 1 : 0));
  return { kind: "list", pre, post };
}

/** @param pixels the image that stands before it, [inputs], with the intensity; darkness by default */
export function diehlCookNetwork(
  { inputs, neurons, seed, inhibits = diehlCookNumbers.inhibits }: DiehlCookSize,
  pixels?: ArrayLike<number>,
  intensity: number = diehlCookNumbers.intensity,
): SpikingNetwork {
  const { dt, excites } = diehlCookNumbers;
  const pairs = Uint32Array.from({ length: inputs * neurons }, (_, k) => k);
  return {
    dt,
    seed,
    populations: [
      {
        name: "input",
        model: poisson,
        size: inputs,
        params: { rate: Array.from({ length: inputs }, (_, k) => rateOf(pixels?.[k] ?? 0, intensity)) },
      },
      { name: "excitatory", model: diehlCook, size: neurons },
      { name: "inhibitory", model: diehlCook, size: neurons, params: diehlCookInhibitory },
    ],
    projections: [
      {
        name: "learned",
        pre: "input",
        post: "excitatory",
        port: "excitatory",
        // All to all, row by row, so that the weights lie as a picture a neuron.
        connect: {
          kind: "list",
          pre: pairs.map((k) => Math.floor(k / neurons)),
          post: pairs.map((k) => k % neurons),
        },
        weight: { uniform: [0.003, 0.303] },
        delay: { uniform: [0, 10] },
        plasticity: { model: diehlCookStdp, min: 0, max: 1 },
      },
      {
        name: "exciting",
        pre: "excitatory",
        post: "inhibitory",
        port: "excitatory",
        connect: { kind: "one-to-one" },
        weight: excites,
      },
      {
        name: "inhibiting",
        pre: "inhibitory",
        post: "excitatory",
        port: "inhibitory",
        connect: allButPartners(neurons),
        weight: inhibits,
      },
    ],
  };
}

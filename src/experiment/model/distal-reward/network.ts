/** Izhikevich's network that learns from distal reward, as plain data. */
import { hash, streamOf } from "../../../gpu/random";
import type { SpikingNetwork } from "../../../net/spiking/model";
import { izhikevich } from "../../../neuron/izhikevich";
import { rewardStdp } from "../../../plasticity/reward-stdp";

/** His numbers; times in ms. */
export const distalNumbers = {
  excitatory: 800,
  inhibitory: 200,
  /** Of each neuron. */
  synapses: 100,
  delay: 1,
  most: 4,
  inhibits: -1,
  every: 10,
  noise: 13,
  dopamineTau: -1 / Math.log(0.995),
  reward: { within: 20, amount: 0.5, delay: [1000, 3000] },
} as const;

export const fastSpiking = { a: 0.1, d: 2 };

export interface DistalSize {
  readonly excitatory: number;
  readonly inhibitory: number;
  readonly synapses: number;
  readonly seed: number;
}

/** Which neuron each synapse leads to, excitatory neurons first: [neurons, synapses]. Inhibitory ones reach those alone. */
export function distalPosts({ excitatory, inhibitory, synapses, seed }: DistalSize): Uint32Array {
  const neurons = excitatory + inhibitory;
  const stream = streamOf("distal-reward/posts");
  return Uint32Array.from({ length: neurons * synapses }, (_, k) => {
    const reach = k < excitatory * synapses ? neurons : excitatory;
    return Math.floor((hash(seed, stream, k) / 2 ** 32) * reach);
  });
}

/** The synapse that is rewarded: neuron 0's first onto an excitatory neuron that no other of its synapses reaches. */
export function chosenSynapse({ excitatory, synapses }: DistalSize, posts: Uint32Array): number {
  const row = posts.subarray(0, synapses);
  return row.findIndex(
    (post, k) => post > 0 && post < excitatory && row.indexOf(post) === k && row.lastIndexOf(post) === k,
  );
}

/** The network; a synapse's place in a row is its place in its projection's list. */
export function distalNetwork(size: DistalSize): SpikingNetwork {
  const { excitatory, inhibitory, synapses, seed } = size;
  const { delay, most, inhibits, every, noise, dopamineTau, reward } = distalNumbers;
  const posts = distalPosts(size);
  const chosen = chosenSynapse(size, posts);
  const plastic = excitatory * synapses;
  const among = (from: number, to: number, wanted: (post: number) => boolean) =>
    Uint32Array.from(Array.from({ length: to - from }, (_, k) => from + k).filter((k) => wanted(posts[k]!)));
  const list = (places: Uint32Array, firstPre: number, firstPost: number) => ({
    connect: {
      kind: "list" as const,
      pre: places.map((k) => Math.floor(k / synapses) - firstPre),
      post: places.map((k) => posts[k]! - firstPost),
    },
    delay,
    port: "input",
  });
  const rule = { plasticity: { model: rewardStdp, min: 0, max: most, every } };
  const toExcitatory = among(0, plastic, (post) => post < excitatory);
  return {
    dt: 1,
    seed,
    populations: [
      { name: "excitatory", model: izhikevich, size: excitatory, params: { noise } },
      { name: "inhibitory", model: izhikevich, size: inhibitory, params: { noise, ...fastSpiking } },
    ],
    projections: [
      {
        name: "learned",
        pre: "excitatory",
        post: "excitatory",
        ...list(toExcitatory, 0, 0),
        weight: { values: Float32Array.from(toExcitatory, (k) => (k === chosen ? 0 : 1)) },
        ...rule,
      },
      {
        name: "learned-inhibitory",
        pre: "excitatory",
        post: "inhibitory",
        ...list(
          among(0, plastic, (post) => post >= excitatory),
          0,
          excitatory,
        ),
        weight: 1,
        ...rule,
      },
      {
        name: "inhibiting",
        pre: "inhibitory",
        post: "excitatory",
        ...list(
          among(plastic, posts.length, () => true),
          excitatory,
          0,
        ),
        weight: inhibits,
      },
    ],
    dopamine: {
      tau: dopamineTau,
      reward: {
        pre: { population: "excitatory", neuron: 0 },
        post: { population: "excitatory", neuron: posts[chosen]! },
        ...reward,
      },
    },
  };
}

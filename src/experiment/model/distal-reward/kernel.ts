/**
 * The kernel of the distal-reward network, generated from the library's own neuron and rule: the equations and random numbers
 * that `Simulation` runs it with, in loops made for this one network, so that an hour of it can be simulated. Its shader
 * is shaders/kernel/spiking/distal-reward.wgsl.
 */
import type { Field } from "../../../gpu/field";
import { type Lowering, lowerPlain } from "../../../gpu/lower";
import { keyOf, streamOf } from "../../../gpu/random";
import type { Repeat } from "../../../gpu/schedule";
import type { Slot } from "../../../gpu/shader";
import { formSlots } from "../../../net/spiking/forms";
import type { Parameter, Values } from "../../../net/spiking/model";
import { izhikevich } from "../../../neuron/izhikevich";
import { rewardStdp } from "../../../plasticity/reward-stdp";
import { type DistalSize, distalNumbers, fastSpiking } from "./network";

/** Steps of a dispatch, which are ms. */
export const chunkSteps = 1000;
/** Neurons that may fire in one step. */
export const mostFiring = 256;
/** Rewards that may be under way. */
const mostDue = 64;
const lanes = 128;

/** Words of a chunk's row in `results`: the chosen weight, spikes of either population, rewards, then parts of a sum. */
export const rowWords = 4 + lanes;
export const rowsAt = ({ excitatory, inhibitory }: DistalSize) =>
  1 + 3 * (excitatory + inhibitory) + 1 + mostFiring + 3 + mostDue;
/** Where the count of spikes that had no room stands. */
export const crowdedAt = (size: DistalSize) => rowsAt(size) - mostDue - 1;

/** Where what is known of the neurons' intervals stands in `state`. */
export const intervalsAt = (neurons: number) => 2 * neurons + 1;

const defaults = (params: Readonly<Record<string, Parameter>>): Values =>
  Object.fromEntries(Object.entries(params).map(([name, parameter]) => [name, parameter.default]));

const float = (value: number) => `${Math.fround(value)}f`;

const struct = (name: string, members: readonly string[]) =>
  `struct ${name} { ${members.map((one) => `${one}: f32`).join(", ")} }`;

const constant = (name: string, type: string, derived: Values) =>
  `const ${name} = ${type}(${Object.values(derived).map(float).join(", ")});`;

/** The models' types, and every number that is known before a kernel is compiled. */
function distal(size: DistalSize, chosen: number, post: number): string {
  const { excitatory, inhibitory, synapses, seed } = size;
  const { every, most, inhibits, noise, dopamineTau, reward } = distalNumbers;
  const neurons = excitatory + inhibitory;
  const neuron = { ...defaults(izhikevich.params), noise };
  const regular = izhikevich.derive(neuron, 1);
  const fast = izhikevich.derive({ ...neuron, ...fastSpiking }, 1);
  const rule = defaults(rewardStdp.params);
  const learning = rewardStdp.derive!(rule, 1, { every, min: 0, max: most });
  const whole = {
    NEURONS: neurons,
    EXCITATORY: excitatory,
    SYNAPSES: synapses,
    CHUNK: chunkSteps,
    SUMS: chunkSteps / every + 1,
    LIST: mostFiring,
    LISTS: 2 * mostFiring,
    EXCITATORY_KEY: keyOf(seed, streamOf("excitatory/noise")),
    INHIBITORY_KEY: keyOf(seed, streamOf("inhibitory/noise")),
    CHOSEN: chosen,
    PRE: 0,
    POST: post,
    EVERY: every,
    WITHIN: reward.within,
    LEAST_WAIT: reward.delay[0],
    MOST_WAIT: reward.delay[1],
    REWARD_KEY: (seed ^ 0xd0a) >>> 0, // as in src/net/spiking/kernels.ts
    MOST_DUE: mostDue,
  };
  const real = {
    UNIT: 2 ** -16,
    MOST: most,
    INHIBITS: inhibits,
    LOG_KEEP: -every / rule.tauEligibility! / Math.LN2,
    LOG_TRACE: -1 / rule.tauPlus! / Math.LN2,
    LATE: Math.exp(1 / rule.tauPlus!),
    DOPAMINE_DECAY: Math.exp(-1 / dopamineTau),
    REWARD: reward.amount,
  };
  return [
    ...Object.entries(whole).map(([name, value]) => `const ${name} = ${value}u;`),
    ...Object.entries(real).map(([name, value]) => `const ${name} = ${float(value)};`),
    struct("Neuron_A", Object.keys(izhikevich.state)),
    struct("Parameters_A", Object.keys(regular)),
    struct("Arriving_A", izhikevich.ports),
    struct("Synapse_B", ["weight", ...Object.keys(rewardStdp.state!)]),
    struct("Pre_B", Object.keys(rewardStdp.traces.pre)),
    struct("Post_B", Object.keys(rewardStdp.traces.post)),
    struct("Parameters_B", Object.keys(learning)),
    constant("REGULAR", "Parameters_A", regular),
    constant("FAST", "Parameters_A", fast),
    constant("LEARNING", "Parameters_B", learning),
    "#import lib/random",
    "#import FORM_A",
    "#import PLASTIC_B",
  ].join("\n");
}

/** The models' texts with their names marked: A the neuron, B a synapse. */
function slotsFor(size: DistalSize, chosen: number, post: number): Record<string, Slot> {
  const form = { model: izhikevich, derived: [], varying: [], fixed: {}, background: [] };
  const { FORM_A, PLASTIC_B } = formSlots([form], [{ model: rewardStdp, derived: [] }]);
  return {
    DISTAL: { name: "distal", text: distal(size, chosen, post) },
    FORM_A: FORM_A!,
    PLASTIC_B: PLASTIC_B!,
  };
}

/** The loop over an invocation's neurons is written out, so that they stay in registers. */
export const distalLowerings = ({
  excitatory,
  inhibitory,
}: DistalSize): Readonly<Record<string, Lowering>> => ({
  "spiking/distal-reward": (record) =>
    lowerPlain(record).map((dispatch) => ({
      ...dispatch,
      kernel: {
        ...dispatch.kernel,
        sizes: { LANES: lanes, EACH: Math.ceil((excitatory + inhibitory) / lanes) },
        unrolled: ["EACH"],
      },
    })),
});

/** The arrays by the names that WGSL gives them. */
export function distalFields({ excitatory, inhibitory, synapses, ...size }: DistalSize, chunks: number) {
  const neurons = excitatory + inhibitory;
  const plastic = excitatory * synapses;
  const field = (name: string, length: number, site: Field["site"], type: Field["type"] = "f32"): Field => ({
    name: `distal-reward/${name}`,
    site,
    home: "distal-reward",
    shape: [length],
    type,
  });
  const rows = rowsAt({ excitatory, inhibitory, synapses, ...size });
  return {
    state: field("state", intervalsAt(neurons) + 3 * neurons, "neuron"),
    results: field("results", rows + chunks * rowWords, "neuron", "u32"),
    posts: field("posts", neurons * synapses, "synapse", "u32"),
    columns: field("columns", neurons + 1 + plastic, "synapse", "u32"),
    weights: field("weights", plastic, "synapse"),
    eligibilities: field("eligibilities", plastic, "synapse"),
    stamps: field("stamps", plastic, "synapse", "u32"),
  };
}

export type DistalFields = ReturnType<typeof distalFields>;

export function distalSchedule(
  size: DistalSize,
  bind: DistalFields,
  { chosen, post, chunks }: { readonly chosen: number; readonly post: number; readonly chunks: number },
): readonly [Repeat] {
  const slots = slotsFor(size, chosen, post);
  const kernel = "spiking/distal-reward";
  return [
    {
      repeat: chunks,
      index: "chunk",
      body: [{ verb: "local", kernel, bind, writes: [], layer: 0, phase: "", slots, groups: 1 }],
    },
  ];
}

/**
 * The kernel of Diehl & Cook's network, generated from the library's own models of its neurons, pixels and synapses: the
 * same equations and random numbers as `Simulation` runs them with, in loops made for this one network, which cost a
 * twentieth. Its shader is shaders/kernel/spiking/diehl-cook.wgsl.
 */
import type { Field } from "../../../gpu/field";
import { type Lowering, lowerPlain } from "../../../gpu/lower";
import { keyOf, streamOf } from "../../../gpu/random";
import type { Repeat } from "../../../gpu/schedule";
import type { Slot } from "../../../gpu/shader";
import { formSlots } from "../../../net/spiking/forms";
import type { Values } from "../../../net/spiking/model";
import { diehlCook, diehlCookInhibitory } from "../../../neuron/diehl-cook";
import { poisson } from "../../../neuron/poisson";
import { diehlCookStdp } from "../../../plasticity/diehl-cook-stdp";
import { type DiehlCookSize, diehlCookNumbers, mostIntensity } from "./network";

/** Steps in the ring of spikes under way: more than the longest delay. */
const ring = 32;
/** Words before the images' rows in `results`: the clock, and when each pixel last fired. */
export const resultsHead = ({ inputs }: DiehlCookSize) => 1 + inputs;
/** Values of a pair of neurons between images. */
const variables = 14;
/** Where θ of the excitatory neurons stands among them. */
export const thetaAt = 5;

export interface DiehlCookKernel extends DiehlCookSize {
  readonly images: number;
  /** Learning, one image to a dispatch; or so many images side by side, weights fixed. */
  readonly learns: boolean;
  /** Images of one submit. */
  readonly atOnce: number;
}

const values = (model: { readonly params: Readonly<Record<string, { readonly default: number }>> }): Values =>
  Object.fromEntries(Object.entries(model.params).map(([name, parameter]) => [name, parameter.default]));

const float = (value: number) => `${Math.fround(value)}f`;

function struct(name: string, members: readonly string[]): string {
  return `struct ${name} { ${(members.length > 0 ? members : ["none"]).map((one) => `${one}: f32`).join(", ")} }`;
}

/** A constant of a struct that `derive` fills. */
function constant(name: string, type: string, derived: Values): string {
  return `const ${name} = ${type}(${Object.values(derived).map(float).join(", ")});`;
}

/** Invocations of the workgroup, and how many neurons and pixels each has: eight pixels, or as few neurons as it must. */
function shares({ inputs, neurons }: DiehlCookSize) {
  const each = Math.ceil(neurons / 256);
  const lanes = 8 * Math.ceil(Math.max(neurons / each, inputs / 8) / 8);
  return { LANES: lanes, EACH: each, PIXELS_EACH: Math.ceil(inputs / lanes) };
}

/** The loops over what an invocation has are written out, so that it stays in registers. */
export const diehlCookLowerings = (size: DiehlCookSize): Readonly<Record<string, Lowering>> => ({
  "spiking/diehl-cook": (record) =>
    lowerPlain(record).map((dispatch) => ({
      ...dispatch,
      kernel: { ...dispatch.kernel, sizes: shares(size), unrolled: ["EACH", "PIXELS_EACH"] },
    })),
});

/** The models' types, and every number that is known before a kernel is compiled. */
function digits(kernel: DiehlCookKernel): string {
  const { inputs, neurons, seed, total, images, learns, inhibits = diehlCookNumbers.inhibits } = kernel;
  const { dt, shown, rest, intensity, leastSpikes, excites } = diehlCookNumbers;
  const neuron = values(diehlCook);
  // With weights fixed thresholds are too, as in their program.
  const still = learns ? {} : { thetaPlus: 0, tauTheta: 1e12 };
  const excitatory = diehlCook.derive({ ...neuron, ...still }, dt);
  const inhibitory = diehlCook.derive({ ...neuron, ...diehlCookInhibitory }, dt);
  const rule = values(diehlCookStdp);
  const learning = diehlCookStdp.derive!(rule, dt, { every: 0, min: 0, max: 1 });
  const whole = {
    INPUTS: inputs,
    NEURONS: neurons,
    IMAGES: images,
    LISTS: 3 * inputs,
    RING: ring,
    SHOWN: Math.round(shown / dt),
    RESTS: learns ? Math.round(rest / dt) : 0,
    FIRST_INTENSITY: intensity,
    INTENSITIES: mostIntensity,
    LEAST_SPIKES: leastSpikes,
    INPUT_KEY: keyOf(seed, streamOf("input/noise")),
  };
  const real = {
    // As the engine's port for weights up to 1 (src/net/spiking/build.ts).
    UNIT: 2 ** -Math.floor(Math.log2(2 ** 30 / inputs)),
    EXCITES: excites,
    INHIBITS: inhibits,
    TOTAL: total ?? diehlCookNumbers.total,
    LOG_PRE: -dt / rule.tauPre! / Math.LN2,
    LOG_Y1: -dt / rule.tauPost1! / Math.LN2,
    DECAY_Y1: Math.exp(-dt / rule.tauPost1!),
    DECAY_Y2: Math.exp(-dt / rule.tauPost2!),
  };
  return [
    ...Object.entries(whole).map(([name, value]) => `const ${name} = ${value}u;`),
    ...Object.entries(real).map(([name, value]) => `const ${name} = ${float(value)};`),
    `const LEARNS = ${learns};`,
    struct("Neuron_A", Object.keys(diehlCook.state)),
    struct("Parameters_A", Object.keys(excitatory)),
    struct("Arriving_A", diehlCook.ports),
    struct("Neuron_B", []),
    struct("Parameters_B", Object.keys(poisson.derive(values(poisson), dt))),
    struct("Arriving_B", []),
    struct("Synapse_C", ["weight"]),
    struct("Pre_C", Object.keys(diehlCookStdp.traces.pre)),
    struct("Post_C", Object.keys(diehlCookStdp.traces.post)),
    struct("Parameters_C", Object.keys(learning)),
    constant("EXCITATORY", "Parameters_A", excitatory),
    constant("INHIBITORY", "Parameters_A", inhibitory),
    constant("LEARNING", "Parameters_C", learning),
    "#import lib/random",
    "#import FORM_A",
    "#import FORM_B",
    "#import PLASTIC_C",
  ].join("\n");
}

/** The models' texts with their names marked: A the neuron, B a pixel, C a synapse. */
function slotsFor(kernel: DiehlCookKernel): Record<string, Slot> {
  const form = { derived: [], varying: [], fixed: {}, background: [] };
  const all = formSlots(
    [
      { model: diehlCook, ...form },
      { model: poisson, ...form },
    ],
    [{ model: diehlCookStdp, derived: [] }],
  );
  const { FORM_A, FORM_B, PLASTIC_C } = all;
  return {
    DIGITS: { name: "digits", text: digits(kernel) },
    FORM_A: FORM_A!,
    FORM_B: FORM_B!,
    PLASTIC_C: PLASTIC_C!,
  };
}

/** The arrays by the names that WGSL gives them. Learning and showing share all but what is on its way, and the results. */
export function diehlCookFields({ inputs, neurons, images, learns, atOnce }: DiehlCookKernel) {
  const own = learns ? "learning" : "showing";
  const field = (name: string, length: number, site: Field["site"], type: Field["type"] = "f32"): Field => ({
    name: `diehl-cook/${name}`,
    site,
    home: "diehl-cook",
    shape: [length],
    type,
  });
  return {
    state: field("state", variables * neurons, "neuron"),
    weights: field("weights", inputs * neurons, "synapse"),
    results: field(`results/${own}`, 1 + inputs + atOnce * (1 + neurons), "neuron", "u32"),
    images: field("images", images * inputs, "neuron", "u8"),
    chances: field("chances", 2 * 256 * mostIntensity, "global"),
    delays: field("delays", inputs * neurons, "synapse", "u32"),
    under: field(`under/${own}`, ring * neurons * (learns ? 1 : atOnce), "synapse", "u32"),
    submitted: { ...field(`submitted/${own}`, 4, "global", "u32"), role: "setting" as const },
  };
}

export type DiehlCookFields = ReturnType<typeof diehlCookFields>;

/** A submit: `atOnce` images, one after another where it learns. */
export function diehlCookSchedule(kernel: DiehlCookKernel, bind: DiehlCookFields): readonly [Repeat] {
  return [
    {
      repeat: kernel.learns ? kernel.atOnce : 1,
      index: "image",
      body: [
        {
          verb: "local",
          kernel: "spiking/diehl-cook",
          bind,
          writes: [],
          layer: 0,
          phase: kernel.learns ? "learn" : "show",
          slots: slotsFor(kernel),
          groups: kernel.learns ? 1 : kernel.atOnce,
        },
      ],
    },
  ];
}

/**
 * The cortical microcircuit: 1 mm² of early sensory cortex at its full density of neurons and synapses (Potjans & Diesmann
 * 2014). Numbers are those of common/microcircuit.ts.
 */
import type { Background, PopulationSpec, ProjectionSpec, SpikingNetwork } from "../../net/spiking/model";
import { iafPscExp } from "../../neuron/iaf-psc-exp";
import { compensated, full, populations, synapsesOf } from "./common/microcircuit";
import type { ModelOptions } from "./common/model";
import { networkModel } from "./common/network-model";

const dt = 0.1;

/** Weights and delays spread as the paper's table 5 has it; a weight keeps its sign, and no delay is shorter than a step. */
const spreads = { weight: 0.1, delay: 0.5 };

function network({ scale, seed, settings }: ModelOptions): SpikingNetwork {
  const { psc, external, currents } = compensated(scale, settings.background === "poisson");
  const population = (name: string, target: number): PopulationSpec => {
    const background: Background = {
      port: "excitatory",
      count: external[target]!,
      rate: full.externalRate,
      weight: psc,
    };
    return {
      name,
      model: iafPscExp,
      size: Math.round(scale * full.sizes[target]!),
      params: { current: currents[target]! },
      initial: { v: { normal: [full.voltage.means[target]!, full.voltage.deviations[target]!] } },
      ...(settings.background === "poisson" && { background: [background] }),
    };
  };
  const projection = (target: number, source: number): ProjectionSpec[] => {
    const count = Math.round(synapsesOf(target, source) * scale * scale);
    if (count === 0) return [];
    const excites = source % 2 === 0;
    const doubled = populations[target] === "L23E" && populations[source] === "L4E";
    const weight = psc * (excites ? (doubled ? 2 : 1) : full.inhibition);
    const delay = excites ? full.delays.excitatory : full.delays.inhibitory;
    return [
      {
        pre: populations[source]!,
        post: populations[target]!,
        port: excites ? "excitatory" : "inhibitory",
        connect: { kind: "fixed-total", count, self: true, repeats: true },
        weight: {
          normal: [weight, Math.abs(weight) * spreads.weight],
          ...(excites ? { min: 0 } : { max: 0 }),
        },
        delay: { normal: [delay, delay * spreads.delay], min: dt },
      },
    ];
  };
  return {
    dt,
    seed,
    populations: populations.map(population),
    projections: populations.flatMap((_, target) =>
      populations.flatMap((_, source) => projection(target, source)),
    ),
  };
}

export const model = networkModel({
  name: "microcircuit",
  about: "the cortical microcircuit: 77,169 neurons in four layers at scale 1",
  source: "Potjans & Diesmann 2014, table 5; scaled as in van Albada, Helias & Diesmann 2015",
  shows:
    "Asynchronous irregular activity whose rates differ between layers and are lowest in the excitatory neurons of layers 2/3 and 6.",
  seconds: 1.5,
  scale: { default: 0.1, min: 0.01, max: 1 },
  settings: {
    background: {
      default: "poisson",
      choices: ["poisson", "constant"],
      about: "input from outside, as random spikes or as the constant current of their mean",
    },
  },
  transientMs: 500,
  network,
  measure: (_, figures) => ({
    json: {
      published: Object.fromEntries(populations.map((name, k) => [name, full.rates[k]!])),
    },
    lines: [
      {
        rows: [
          ["rate (1/s)", ...figures.map(({ name }) => name)],
          ["here", ...figures.map(({ rate }) => rate.toFixed(2))],
          ["full scale, NEST", ...full.rates.map((rate) => rate.toFixed(2))],
        ],
        numeric: figures.map((_, column) => column + 1),
      },
    ],
  }),
});

/** The learning window of pair STDP, measured as in a dish: pairs of spikes at every lag, and what became of the synapse. */
import type { Device } from "../../gpu/device";
import type { SpikingNetwork } from "../../net/spiking/model";
import { lif } from "../../neuron/lif";
import { spikeSource } from "../../neuron/spike-source";
import { nearestStdp, pairStdp } from "../../plasticity/pair-stdp";
import { Simulation } from "../simulation";
import { advance } from "./common/advance";
import { synapticEvents } from "./common/measure";
import { type Model, type ModelOptions, type ModelResult, type Progress, recordings } from "./common/model";
import { membranes, networkFiles, recordFiles } from "./common/record";

const dt = 0.1;
/** ms, of the post neuron's spike after the pre neuron's. */
const longest = 50;
const lags = Array.from({ length: 2 * longest + 1 }, (_, index) => index - longest);
/** Pairs come once a second, as in Bi & Poo 1998, so that no pair meets another's traces. */
const periodMs = 1000;
/** When the pre neuron of the first pair fires, and when the last effect of a pair is there, ms. */
const preMs = 60;
const pairedMs = preMs + longest + 2;
const start = 0.5;
const params = { potentiation: 0.005, depression: 0.00525, tauPlus: 20, tauMinus: 20 };
/** Fires its neuron at once. */
const strong = 1000;

const rules = { "pair-stdp": pairStdp, "nearest-stdp": nearestStdp };

/** How many pairs are over after so many ms. */
const pairsIn = (ms: number) => 1 + Math.floor((ms - pairedMs + 1e-6) / periodMs);

/**
 * One synapse a lag. A teacher makes its post neuron fire: its spike arrives as a step ends and moves the neuron from the next
 * step on, so the teacher fires a step ahead. The synapse itself is too weak to.
 */
function network(options: ModelOptions): SpikingNetwork {
  const pairs = Array.from({ length: pairsIn(1000 * options.seconds) }, (_, pair) => pair * periodMs + preMs);
  const size = lags.length;
  const oneToOne = { post: "post", port: "input", connect: { kind: "one-to-one" } } as const;
  return {
    dt,
    seed: options.seed,
    populations: [
      { name: "pre", model: spikeSource, size, times: lags.map(() => pairs) },
      {
        name: "teacher",
        model: spikeSource,
        size,
        times: lags.map((lag) => pairs.map((at) => at + lag - dt)),
      },
      { name: "post", model: lif, size },
    ],
    projections: [
      { ...oneToOne, pre: "teacher", weight: strong },
      {
        ...oneToOne,
        pre: "pre",
        weight: start,
        plasticity: {
          model: rules[options.settings.rule as keyof typeof rules],
          params,
          min: 0,
          max: 2 * start,
        },
      },
    ],
  };
}

/**
 * What one pair at a lag changes a weight by (Song, Miller & Abbott 2000, eq. 1). A spike that arrives in the very step in
 * which its post neuron fires comes first.
 */
export function learningWindow(lag: number): number {
  const { potentiation, depression, tauPlus, tauMinus } = params;
  return lag >= 0 ? potentiation * Math.exp(-lag / tauPlus) : -depression * Math.exp(lag / tauMinus);
}

async function run(device: Device, options: ModelOptions, progress: Progress): Promise<ModelResult> {
  const { record, signal, seconds, seed, scale, settings } = options;
  if (pairsIn(1000 * seconds) < 1)
    throw new Error(
      `One pair at each lag takes ${pairedMs / 1000} s, but ${seconds} s were asked for; give more seconds.`,
    );
  const spec = network(options);
  const simulation = await Simulation.create(device, spec, {
    ...(record.includes("voltages") && { watch: membranes(spec.populations) }),
  });
  try {
    const files = record.includes("network") ? await networkFiles(simulation) : {};
    const wallSeconds = await advance(simulation, 1000 * seconds, progress, signal);
    const pairs = pairsIn(simulation.time); // a run that was stopped has fewer
    const weights = await simulation.readWeights("pre-post/input");
    const curve = lags.map((lag, k) => ({
      lag,
      measured: (weights[k]! - start) / pairs,
      formula: learningWindow(lag),
    }));
    Object.assign(files, await recordFiles(simulation, record));
    const farthest = Math.max(...curve.map(({ measured, formula }) => Math.abs(measured - formula)));
    const spikes = ["pre", "teacher", "post"].reduce(
      (sum, name) => sum + simulation.spikes(name).steps.length,
      0,
    );
    const events = await synapticEvents(simulation);
    const simulatedSeconds = simulation.time / 1000;
    return {
      files,
      json: {
        model: "stdp-pair",
        scale,
        seed,
        settings,
        pairs,
        curve,
        farthest,
        neurons: simulation.neurons,
        synapses: simulation.synapses,
        simulatedSeconds,
        wallSeconds,
        realTimeFactor: wallSeconds / simulatedSeconds,
        spikes,
        synapticEvents: events,
        synapticEventsPerSecond: events / wallSeconds,
        adapter: device.facts.name,
      },
      lines: [
        `${settings.rule}: what ${pairs === 1 ? "one pair" : `each of ${pairs} pairs`} of spikes changed a weight of ${start} by, on ${device.facts.name}.`,
        {
          rows: [
            ["lag (ms)", "measured", "formula"],
            ...curve
              .filter(({ lag }) => lag % 5 === 0)
              .map(({ lag, measured, formula }) => [`${lag}`, measured.toFixed(6), formula.toFixed(6)]),
          ],
          numeric: [0, 1, 2],
        },
        `All ${curve.length} lags lie within ${farthest.toExponential(1)} of the formula; --json has them.`,
      ],
    };
  } finally {
    simulation.destroy();
  }
}

export const model: Model & { network: typeof network } = {
  name: "stdp-pair",
  about: "the learning window of pair STDP, measured by pairing two spikes",
  source: "Bi & Poo 1998, figure 7; Song, Miller & Abbott 2000, eq. 1",
  shows:
    "A synapse grows where its pre neuron fires first and shrinks where it fires last, the less the longer the lag.",
  seconds: 0.12,
  settings: {
    rule: {
      default: "pair-stdp",
      choices: Object.keys(rules),
      about: "whether all pairs of spikes count or the nearest",
    },
  },
  records: recordings,
  network,
  run,
};

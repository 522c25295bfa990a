/** Network model: a model that is one network, run from its start to its end and measured as simulators are compared. */

import type { AuditSummary } from "../../../audit/report";
import type { Device } from "../../../gpu/device";
import { formatBytes } from "../../../gpu/memory";
import type { SpikingNetwork } from "../../../net/spiking/model";
import { auditNetwork } from "../../audit";
import { Simulation } from "../../simulation";
import { advance } from "./advance";
import { type Fitted, storeWhatFits } from "./fit";
import { firstSettled, type PopulationFigures, populationFigures, synapticEvents } from "./measure";
import { type Model, type ModelOptions, type ModelResult, type Progress, recordings } from "./model";
import { checkRecordable, membranes, networkFiles, recordFiles } from "./record";

/** What a model adds to the figures that all have. */
export type Addition = Pick<ModelResult, "json" | "lines">;

export interface NetworkModelSpec extends Omit<Model, "run" | "records"> {
  readonly network: (options: ModelOptions) => SpikingNetwork;
  /** What passes before rates and CVs are taken, ms; at most half of the run. */
  readonly transientMs: number;
  /** Room for recorded spikes, for each neuron and submit; default 10. */
  readonly spikesPerNeuron?: number;
  readonly measure?: (
    simulation: Simulation,
    figures: readonly PopulationFigures[],
    options: ModelOptions,
  ) => Promise<Addition> | Addition;
}

/** The figures of a run, as --json has them. */
export interface RunFigures {
  readonly neurons: number;
  readonly synapses: number;
  readonly procedural: readonly string[];
  readonly bytes: number;
  readonly dt: number;
  readonly buildSeconds: number;
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
  /** Wall time over simulated time: below 1 is faster than real time. */
  readonly realTimeFactor: number;
  readonly spikes: number;
  readonly synapticEvents: number;
  /** Per second of wall time. */
  readonly synapticEventsPerSecond: number;
  /** Rates and CVs are of what came after it. */
  readonly measuredFromSeconds: number;
  readonly populations: readonly PopulationFigures[];
  readonly adapter: string;
}

export function networkModel(spec: NetworkModelSpec): Model & Pick<NetworkModelSpec, "network"> {
  return { ...spec, records: recordings, run: (...given) => runNetwork(spec, ...given) };
}

async function runNetwork(
  spec: NetworkModelSpec,
  device: Device,
  options: ModelOptions,
  progress: Progress,
): Promise<ModelResult> {
  const { record, signal, seconds, scale, seed, settings } = options;
  progress(0, "drawing synapses");
  const begun = performance.now();
  const fitted = storeWhatFits(device, spec.network(options));
  checkRecordable(record, fitted.procedural);
  const simulation = await createSimulation(spec, device, fitted, record.includes("voltages"));
  try {
    const files = record.includes("network") ? await networkFiles(simulation) : {};
    const buildSeconds = (performance.now() - begun) / 1000;
    const wallSeconds = await advance(simulation, 1000 * seconds, progress, signal);
    const figures = await figuresOf(spec, simulation, fitted, { buildSeconds, wallSeconds });
    const added = await spec.measure?.(simulation, figures.populations, options);
    Object.assign(files, await recordFiles(simulation, record));
    const { name } = spec;
    const asked = auditNetwork(fitted.network);
    const json = {
      model: name,
      scale,
      seed,
      settings,
      ...added?.json,
      ...figures,
      ...(asked && { audit: asked }),
    };
    const lines = [
      ...linesOf(spec, figures, options),
      ...(added?.lines ?? []),
      ...(asked ? auditLines(asked) : []),
    ];
    return { json, lines, files };
  } finally {
    simulation.destroy();
  }
}

function createSimulation(
  { spikesPerNeuron = 10 }: NetworkModelSpec,
  device: Device,
  { network }: Fitted,
  voltages: boolean,
): Promise<Simulation> {
  const neurons = network.populations.reduce((sum, { size }) => sum + size, 0);
  // Each submit reads the whole list back; the more neurons, the fewer steps there are in one.
  const recordRoom = Math.min(spikesPerNeuron * neurons, Math.max(2 ** 18, neurons));
  return Simulation.create(device, network, {
    recordRoom: Math.max(1024, recordRoom),
    ...(voltages && { watch: membranes(network.populations) }),
  });
}

async function figuresOf(
  { transientMs }: NetworkModelSpec,
  simulation: Simulation,
  { procedural }: Fitted,
  times: Pick<RunFigures, "buildSeconds" | "wallSeconds">,
): Promise<RunFigures> {
  const { neurons, synapses, bytes, step, network, device } = simulation;
  const events = await synapticEvents(simulation);
  const populations = step === 0 ? [] : populationFigures(simulation, transientMs);
  const simulatedSeconds = (step * network.dt) / 1000;
  return {
    neurons,
    synapses,
    procedural,
    bytes,
    dt: network.dt,
    ...times,
    simulatedSeconds,
    realTimeFactor: times.wallSeconds / simulatedSeconds,
    spikes: populations.reduce((sum, one) => sum + one.spikes, 0),
    synapticEvents: events,
    synapticEventsPerSecond: events / times.wallSeconds,
    measuredFromSeconds: (firstSettled(step, network.dt, transientMs) * network.dt) / 1000,
    populations,
    adapter: device.facts.name,
  };
}

/** What each plastic synapse is asked, derived from the network's schedule. */
function auditLines(asked: AuditSummary): ModelResult["lines"] {
  return [
    {
      rows: [
        ["What a synapse is asked", ""],
        ["weight transport", asked.weightTransport],
        ["update locking", asked.updateLocking],
        ["locality", asked.locality],
        ["teaching signal", asked.teachingSignal],
      ],
    },
  ];
}

const grouped = (count: number) => Math.round(count).toLocaleString("en-US");

function linesOf({ name }: NetworkModelSpec, run: RunFigures, { seed }: ModelOptions): ModelResult["lines"] {
  const { neurons, synapses, procedural, bytes, adapter, populations } = run;
  const kept =
    procedural.length === 0 ? "stored" : "drawn anew at every spike, since the adapter can't hold them all";
  const rows = populations.map((one) => [
    one.name,
    grouped(one.neurons),
    grouped(one.spikes),
    one.rate.toFixed(2),
    one.cv === null ? "–" : one.cv.toFixed(3),
  ]);
  return [
    `${name}, seed ${seed}: ${grouped(neurons)} neurons and ${grouped(synapses)} synapses, ${kept}; ${formatBytes(bytes)} on ${adapter}.`,
    {
      rows: [["population", "neurons", "spikes", "rate (1/s)", "ISI CV"], ...rows],
      numeric: [1, 2, 3, 4],
    },
    `Rates and CVs are of what came after ${run.measuredFromSeconds.toFixed(2)} s.`,
    {
      rows: [
        [
          "Time",
          `${run.simulatedSeconds.toFixed(2)} s simulated in ${run.wallSeconds.toFixed(2)} s, ${run.realTimeFactor.toFixed(3)} times real time; ${run.buildSeconds.toFixed(2)} s to build`,
        ],
        [
          "Events",
          `${grouped(run.spikes)} spikes, ${grouped(run.synapticEvents)} deliveries, ${grouped(run.synapticEventsPerSecond)} a second`,
        ],
      ],
    },
  ];
}

/** Record: the files of a run. Arrays are NumPy's, one a population or projection; the network is as docs/exchange.md says. */
import { arraysOf } from "../../exchange/capture";
import { exportNetwork } from "../../exchange/export";
import { writeNpy } from "../../npy";
import type { Simulation, Watched } from "../../simulation";
import { populationRate, writeSpikes } from "../../spikes";
import { recorded } from "./measure";
import type { Recording } from "./model";

export type Files = Record<string, Uint8Array<ArrayBuffer> | string>;

/** Neurons of each population whose membranes are written down, and the width of a bin of the rates in ms. */
const watchedNeurons = 10;
const binMs = 1;

type Populations = Simulation["network"]["populations"];

/** The membranes to watch: those of each population's first neurons, where its model has any state. */
export function membranes(populations: Populations): Watched[] {
  return populations.flatMap(({ name, size, model }) => {
    const [variable] = Object.keys(model.state);
    if (variable === undefined) return [];
    return Array.from({ length: Math.min(size, watchedNeurons) }, (_, neuron) => ({
      population: name,
      neuron,
      variable,
    }));
  });
}

/** @throws where synapses that aren't kept were to be written down */
export function checkRecordable(record: readonly Recording[], procedural: readonly string[]): void {
  const what = record.find((one) => one === "weights" || one === "network");
  if (what !== undefined && procedural.length > 0)
    throw new Error(
      `The synapses of "${procedural[0]}" are too many to be stored here and are drawn anew at every spike, so ${what} can't be recorded; take a smaller scale.`,
    );
}

/** The network as it stands before its first step. */
export async function networkFiles(simulation: Simulation): Promise<Files> {
  const { json, tensors } = exportNetwork(simulation.network, await arraysOf(simulation));
  return { "network.json": json, "network.safetensors": tensors };
}

/** What was recorded, at the end of the run. */
export async function recordFiles(simulation: Simulation, record: readonly Recording[]): Promise<Files> {
  const files: Files = {};
  const { populations } = simulation.network;
  for (const { name, size } of populations) {
    const spikes = recorded(simulation, name);
    if (record.includes("spikes")) files[`spikes-${name}.npy`] = writeSpikes(spikes);
    if (record.includes("rates")) {
      const data = populationRate(spikes, size, Math.max(binMs, spikes.dt));
      files[`rates-${name}.npy`] = writeNpy({ shape: [data.length], data });
    }
  }
  if (record.includes("voltages")) Object.assign(files, voltageFiles(simulation));
  if (record.includes("weights")) Object.assign(files, await weightFiles(simulation));
  return files;
}

/** voltages-POP.npy: [steps, watched neurons]. */
function voltageFiles(simulation: Simulation): Files {
  const files: Files = {};
  const { populations } = simulation.network;
  const watched = membranes(populations) as readonly { population: string }[];
  const values = simulation.watchedValues();
  for (const { name } of populations) {
    const columns = watched.flatMap(({ population }, column) => (population === name ? [column] : []));
    if (columns.length === 0) continue;
    const rows = values.length / watched.length;
    const data = new Float32Array(rows * columns.length);
    for (let row = 0; row < rows; row++)
      for (const [at, column] of columns.entries())
        data[row * columns.length + at] = values[row * watched.length + column]!;
    files[`voltages-${name}.npy`] = writeNpy({ shape: [rows, columns.length], data });
  }
  return files;
}

/** synapses-PROJECTION.npy: [synapses, 2], pre and post; weights-PROJECTION.npy: [synapses], in the same order. */
async function weightFiles(simulation: Simulation): Promise<Files> {
  const files: Files = {};
  for (const projection of simulation.names.projections) {
    const { pre, post } = await simulation.readSynapses(projection);
    const name = projection.replaceAll("/", "-");
    const pairs = new Uint32Array(2 * pre.length);
    for (let k = 0; k < pre.length; k++) {
      pairs[2 * k] = pre[k]!;
      pairs[2 * k + 1] = post[k]!;
    }
    const weights = await simulation.readWeights(projection);
    files[`synapses-${name}.npy`] = writeNpy({ shape: [pre.length, 2], data: pairs });
    files[`weights-${name}.npy`] = writeNpy({ shape: [weights.length], data: weights });
  }
  return files;
}

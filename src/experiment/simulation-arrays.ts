/** What a simulation's network holds, read and written by the names that the network gives. */
import type { Device } from "../gpu/device";
import { unknownName } from "../gpu/name";
import type { Built } from "../net/spiking/build";
import { eventWords } from "../net/spiking/kernels";
import type { Layout, PlacedPopulation, PlacedProjection } from "../net/spiking/layout";
import type { SpikingNetwork } from "../net/spiking/model";
import { parameterAt } from "../net/spiking/numbers";
import { listedSynapses } from "../net/spiking/rows";
import { none } from "../net/spiking/tables";

/** Synapses of a projection in the order in which its weights are kept. */
export interface Synapses {
  readonly pre: Uint32Array;
  readonly post: Uint32Array;
  /** ms. */
  readonly delay: Float32Array;
}

/** Where a projection's weights lie, for those that draw or count them on the GPU. Good until the simulation's `destroy`. */
export interface WeightList {
  /** Synapses. */
  readonly count: number;
  /** What all of them weigh, where that is one number that isn't kept. */
  readonly constant?: number;
  /** Where they are kept, from a word of `weights` on, in the order of `readSynapses`. */
  readonly kept?: { readonly weights: GPUBuffer; readonly at: number };
}

/** Variables of a projection's synapses, the weight first. */
export function synapseVariables({ plastic }: PlacedProjection): Record<string, unknown> {
  return { weight: 0, ...plastic?.model.state };
}

export class SimulationArrays {
  protected constructor(
    readonly device: Device,
    readonly network: SpikingNetwork,
    protected readonly layout: Layout,
    protected readonly built: Built,
  ) {}

  get neurons(): number {
    return this.layout.neurons;
  }

  get synapses(): number {
    return this.built.synapses;
  }

  /** Bytes on the GPU. */
  get bytes(): number {
    return this.built.bytes;
  }

  /** The logical names of populations and projections. */
  get names(): { populations: string[]; projections: string[] } {
    return {
      populations: this.layout.populations.map(({ spec }) => spec.name),
      projections: this.layout.projections.map(({ name }) => name),
    };
  }

  protected populationOf(neuron: number): PlacedPopulation {
    return this.layout.populations.findLast(({ row }) => row.neurons <= neuron)!;
  }

  protected population(name: string): PlacedPopulation {
    const found = this.layout.populations.find(({ spec }) => spec.name === name);
    if (found) return found;
    throw new Error(unknownName("population", name, this.names.populations));
  }

  protected projection(name: string): PlacedProjection {
    const found = this.layout.projections.find((one) => one.name === name);
    if (found) return found;
    throw new Error(unknownName("projection", name, this.names.projections));
  }

  /** How many synapses leave each neuron of a population, over all projections: what one of its spikes is delivered to. */
  outDegrees(name: string): Uint32Array {
    const { spec, row } = this.population(name);
    const degrees = new Uint32Array(row.size);
    for (const [projection, starts] of this.built.starts)
      if (projection.spec.pre === spec.name)
        for (let neuron = 0; neuron < row.size; neuron++)
          degrees[neuron]! += starts[neuron + 1]! - starts[neuron]!;
    return degrees;
  }

  /** How often each neuron of a population has fired since the start. */
  async counts(name: string): Promise<Uint32Array> {
    const { row } = this.population(name);
    const buffer = this.built.memory.buffer(this.built.fields.events.name);
    const at = 4 * (eventWords.counts + row.neurons);
    return new Uint32Array(await this.device.readBuffer(buffer, 4 * row.size, at));
  }

  /** Forgets how often neurons have fired. */
  clearCounts(): void {
    const bytes = new Uint32Array(this.layout.neurons);
    const buffer = this.built.memory.buffer(this.built.fields.events.name);
    this.device.gpu.queue.writeBuffer(buffer, 4 * eventWords.counts, bytes);
  }

  /** A state variable of every neuron of a population. */
  async read(name: string, variable: string): Promise<Float32Array> {
    const { spec, row } = this.population(name);
    const at = row.state + this.variableIndex(spec.model.state, variable) * row.size;
    const buffer = this.built.memory.buffer(this.built.fields.state.name);
    const values = new Float32Array(await this.device.readBuffer(buffer, 4 * row.size, 4 * at));
    const from = spec.model.state[variable]!.from;
    return from ? values.map((value, neuron) => value + parameterAt(spec, from, neuron)) : values;
  }

  /** Sets a state variable of every neuron of a population: [size]. */
  write(name: string, variable: string, values: ArrayLike<number>): void {
    const { spec, row } = this.population(name);
    const at = row.state + this.variableIndex(spec.model.state, variable) * row.size;
    if (values.length !== row.size)
      throw new Error(
        `"${name}" has ${row.size} neurons, but ${values.length} values of ${variable} were given.`,
      );
    const from = spec.model.state[variable]!.from;
    const own = Float32Array.from(
      values,
      (value, neuron) => value - (from ? parameterAt(spec, from, neuron) : 0),
    );
    const buffer = this.built.memory.buffer(this.built.fields.state.name);
    this.device.gpu.queue.writeBuffer(buffer, 4 * at, own);
  }

  private variableIndex(state: object, variable: string): number {
    const names = Object.keys(state);
    if (!names.includes(variable)) throw new Error(unknownName("state variable", variable, names));
    return names.indexOf(variable);
  }

  /** The synapses of a stored projection, as they lie in its rows. @throws for a procedural one, which keeps none */
  async readSynapses(name: string): Promise<Synapses> {
    const one = this.projection(name);
    const { row, delays } = one;
    if (row.storage === 1)
      throw new Error(`Projection "${name}" is procedural and keeps no synapses; store it to read them.`);
    const { memory, fields } = this.built;
    const read = async (field: string, count: number, at: number) =>
      new Uint32Array(
        count === 0 ? [] : await this.device.readBuffer(memory.buffer(field), 4 * count, 4 * at),
      );
    const words = await read(fields.synapses.name, row.count, row.synapses);
    const starts = await read(fields.rows.name, row.preSize * delays.length + 1, row.rows);
    const pre = new Uint32Array(row.count);
    for (let neuron = 0; neuron < row.preSize; neuron++)
      pre.fill(neuron, starts[neuron * delays.length], starts[(neuron + 1) * delays.length]);
    return {
      pre,
      post: words.map((word) => word & 0xffffff),
      delay: Float32Array.from(words, (word) => (word >>> 24) * this.network.dt),
    };
  }

  /** Where the weights of a projection lie; neither constant nor kept are those that are drawn anew at each spike. */
  weightList(name: string): WeightList {
    const { row, spec } = this.projection(name);
    const { memory, fields } = this.built;
    const { count } = row;
    if (row.weights !== none)
      return { count, kept: { weights: memory.buffer(fields.weights.name), at: row.weights } };
    return typeof spec.weight === "number" ? { count, constant: spec.weight } : { count };
  }

  /** A variable of every synapse of a projection, in the order of `readSynapses`; default its weight. */
  async readWeights(name: string, variable = "weight"): Promise<Float32Array> {
    const one = this.projection(name);
    const { row } = one;
    if (row.weights === none) return new Float32Array(row.count).fill(row.weight0);
    const at = row.weights + this.variableIndex(synapseVariables(one), variable) * row.count;
    const buffer = this.built.memory.buffer(this.built.fields.weights.name);
    return new Float32Array(
      row.count === 0 ? [] : await this.device.readBuffer(buffer, 4 * row.count, 4 * at),
    );
  }

  /** Sets a variable of every synapse, in the order of `readSynapses`. @throws where weights are one constant that isn't kept */
  writeWeights(name: string, values: Float32Array, variable = "weight"): void {
    const one = this.projection(name);
    const { row } = one;
    if (row.weights === none || values.length !== row.count)
      throw new Error(
        row.weights === none
          ? `The weights of "${name}" are one constant; draw them or make them plastic to set them one by one.`
          : `"${name}" has ${row.count} synapses, but ${values.length} values were given.`,
      );
    const at = row.weights + this.variableIndex(synapseVariables(one), variable) * row.count;
    const buffer = this.built.memory.buffer(this.built.fields.weights.name);
    this.device.gpu.queue.writeBuffer(buffer, 4 * at, values as Float32Array<ArrayBuffer>);
  }

  /** Which of a list's synapses (as the network gives them) stands at each place of `readSynapses`. */
  listOrder(name: string): Uint32Array {
    return listedSynapses(this.projection(name), this.network.dt, this.network.seed).order;
  }
}

/**
 * Dish: pairs of neurons on the GPU, each joined by one plastic synapse, and an electrode at either of them. The first pair is the
 * one that is looked at closely; of the others, each is for one lag of the window.
 */
import { Simulation } from "../../src/experiment/simulation";
import type { Device } from "../../src/gpu/device";
import type { SpikingNetwork } from "../../src/net/spiking/model";
import { lif } from "../../src/neuron/lif";
import { electrode, type Stimulus, stimulate } from "./electrode";
import { spikesFor } from "./formula";
import { bounds, type PagedRule } from "./rules";

/** ms, which is also one step. */
export const dt = 1;
export const longest = 50;
/** Of the window, ms: post after pre. */
export const lags: readonly number[] = Array.from({ length: longest + 1 }, (_, index) => 2 * index - longest);

/** Fires its neuron at once, mV. */
const strong = 1000;
const synapses = "pre-post/input";
const size = lags.length + 1;

/** How often both spikes come, and how far apart, ms. */
export interface Protocol {
  readonly spikes: number;
  readonly every: number;
}

export const protocols: Readonly<Record<string, Protocol>> = {
  one: { spikes: 1, every: 0 },
  slow: { spikes: 10, every: 100 },
  fast: { spikes: 10, every: 20 },
};

/** What was seen of the first pair, a value a step, and of its spikes, all in ms from the start. */
export interface Course {
  readonly times: readonly number[];
  readonly membrane: readonly number[];
  readonly weight: readonly number[];
  readonly pre: readonly number[];
  readonly post: readonly number[];
}

function network({ model, params }: PagedRule): SpikingNetwork {
  const oneToOne = { post: "post", port: "input", connect: { kind: "one-to-one" } } as const;
  return {
    dt,
    seed: 1,
    populations: [
      { name: "pre", model: electrode, size },
      { name: "teacher", model: electrode, size },
      { name: "post", model: lif, size, params: { rest: -65, threshold: -50, reset: -65 } },
    ],
    projections: [
      { ...oneToOne, pre: "teacher", weight: strong },
      { ...oneToOne, pre: "pre", weight: 1, plasticity: { model, params, ...bounds } },
    ],
  };
}

export class Dish {
  private constructor(
    private readonly simulation: Simulation,
    /** ms after which nothing is left of its slowest trace. */
    private readonly quiet: number,
  ) {}

  static async create(device: Device, rule: PagedRule): Promise<Dish> {
    const simulation = await Simulation.create(device, network(rule), {
      record: ["pre", "post"],
      watch: [
        { population: "post", neuron: 0, variable: "v" },
        { projection: synapses, synapse: 0 },
      ],
      recordRoom: 4096,
    });
    const slowest = Math.max(
      ...Object.entries(rule.params).flatMap(([name, value]) => (name.startsWith("tau") ? [value] : [])),
    );
    return new Dish(simulation, 10 * slowest);
  }

  /** Starts an experiment: everything has died down, all synapses have this weight, and electrodes know what to do. */
  private async prepare(
    weight: number,
    chosen: ReadonlyMap<number, number>,
    protocol: Protocol,
  ): Promise<void> {
    const { simulation } = this;
    if (simulation.step > 0) await simulation.run(this.quiet);
    simulation.forget();
    simulation.writeWeights(synapses, new Float32Array(size).fill(weight));
    const { every, spikes } = protocol;
    const pre = new Map<number, Stimulus>();
    const teacher = new Map<number, Stimulus>();
    for (const [neuron, lag] of chosen) {
      const first = spikesFor(lag, every, spikes);
      // A teacher's spike moves its neuron from the next step on, so it fires a step ahead.
      pre.set(neuron, { wait: lead + first.pre[0]!, every, spikes });
      teacher.set(neuron, { wait: lead + first.post[0]! - 1, every, spikes });
    }
    stimulate(simulation, "pre", size, pre);
    stimulate(simulation, "teacher", size, teacher);
  }

  /**
   * Measures all lags at once, each with a pair of neurons of its own.
   * @param seen hears every so often how far it has come, in ms since the first spike, with the weights so far: [lags]
   */
  async window(
    weight: number,
    protocol: Protocol,
    seen: (ms: number, weights: Float32Array) => Promise<void> | void,
    slice: number,
  ): Promise<Float32Array> {
    await this.prepare(weight, new Map(lags.map((lag, index) => [index + 1, lag])), protocol);
    const last = lead + lengthOf(longest, protocol) + 1;
    let weights = new Float32Array(0);
    for (let ms = 0; ms < last; ms += slice) {
      await this.simulation.run(Math.min(slice, last - ms));
      weights = (await this.simulation.readWeights(synapses)).subarray(1) as Float32Array<ArrayBuffer>;
      await seen(Math.min(ms + slice, last) - lead, weights);
    }
    return weights;
  }

  /** Pairs the first two neurons' spikes at one lag. */
  async pair(lag: number, weight: number, protocol: Protocol): Promise<Course> {
    const { simulation } = this;
    await this.prepare(weight, new Map([[0, lag]]), protocol);
    const first = simulation.step;
    const steps = lead + lengthOf(lag, protocol) + tail;
    await simulation.run(steps * dt);
    const values = simulation.watchedValues();
    const of = (population: string) => {
      const { steps: when, neurons } = simulation.spikes(population);
      return Array.from(when).flatMap((step, k) =>
        neurons[k] === 0 ? [(step + 1 - first) * dt - lead] : [],
      );
    };
    const column = (index: number) => Array.from({ length: steps }, (_, step) => values[2 * step + index]!);
    return {
      // A step's values are those at its end.
      times: Array.from({ length: steps }, (_, step) => (step + 1) * dt - lead),
      membrane: column(0),
      weight: column(1),
      pre: of("pre"),
      post: of("post"),
    };
  }

  destroy(): void {
    this.simulation.destroy();
  }
}

/** ms shown before the first spike and after the last. */
export const [lead, tail] = [20, 80];

/** From the first spike to the last. */
export const lengthOf = (lag: number, { spikes, every }: Protocol): number =>
  Math.abs(lag) + (spikes - 1) * every;

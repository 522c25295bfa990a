/** Brain: the network as it runs, one synapse of it watched, with electrodes that pair its two neurons and dopamine to give. */
import { Simulation } from "../../src/experiment/simulation";
import type { Device } from "../../src/gpu/device";
import { type Stimulus, stimulate } from "../stdp/electrode";
import { plastic, releasing, rewarded, type Size } from "./network";

/** The synapse that is watched, by its place: the first one of the first neuron. */
const chosen = 0;
/** From the pre neuron's spike to the post neuron's, ms. */
const pairMs = 3;

/** What a while of it showed: a value a ms, and when the synapse's two neurons fired, in ms. */
export interface Course {
  readonly first: number;
  readonly ms: number;
  readonly eligibility: readonly number[];
  readonly weight: readonly number[];
  readonly dopamine: readonly number[];
  readonly pre: readonly number[];
  readonly post: readonly number[];
}

export class Brain {
  private constructor(
    private readonly simulation: Simulation,
    readonly size: Size,
    /** The watched synapse's two neurons. */
    private readonly pre: number,
    private readonly post: number,
    /** ms that ran before it was built. */
    private readonly since: number,
  ) {}

  /** @param tauEligibility ms @param before one whose weights, eligibilities and membranes it takes over; destroyed here */
  static async create(
    device: Device,
    size: Size,
    seed: number,
    tauEligibility: number,
    before?: Brain,
  ): Promise<Brain> {
    const simulation = await Simulation.create(device, rewarded(size, seed, tauEligibility), {
      record: ["excitatory"],
      watch: [
        { projection: plastic, synapse: chosen, variable: "eligibility" },
        { projection: plastic, synapse: chosen },
        { dopamine: true },
      ],
      recordRoom: 16384,
    });
    const { pre, post } = await simulation.readSynapses(plastic);
    const brain = new Brain(simulation, size, pre[chosen]!, post[chosen]!, before?.time ?? 0);
    if (before) await brain.takeOver(before);
    else {
      const weights = await simulation.readWeights(plastic);
      weights[chosen] = 0;
      simulation.writeWeights(plastic, weights);
    }
    return brain;
  }

  private async takeOver(before: Brain): Promise<void> {
    const [to, from] = [this.simulation, before.simulation];
    for (const projection of [plastic, "excitatory-inhibitory/input"])
      for (const variable of ["weight", "eligibility"])
        to.writeWeights(projection, await from.readWeights(projection, variable), variable);
    for (const population of ["excitatory", "inhibitory"])
      for (const variable of Object.keys({ v: 0, u: 0 }))
        to.write(population, variable, await from.read(population, variable));
    before.destroy();
  }

  /** ms. */
  get time(): number {
    return this.since + this.simulation.time;
  }

  get neurons(): number {
    return this.size.excitatory + this.size.inhibitory;
  }

  /** Makes the pre neuron fire at once, and the post neuron soon after. */
  pair(): void {
    const stimuli = new Map<number, Stimulus>([
      [this.pre, { wait: 1 }],
      [this.post, { wait: 1 + pairMs }],
    ]);
    stimulate(this.simulation, "electrode", this.size.excitatory, stimuli);
  }

  /** Releases dopamine in the next ms, in portions of what one of its neurons gives. */
  reward(amount: number): void {
    const firing = Math.min(releasing.neurons, Math.round(amount / releasing.amount));
    const stimuli = new Map(Array.from({ length: firing }, (_, neuron) => [neuron, { wait: 1 }]));
    stimulate(this.simulation, "dopamine", releasing.neurons, stimuli);
  }

  /** @param ms whole */
  async run(ms: number): Promise<Course> {
    const { simulation } = this;
    const first = this.time;
    simulation.forget();
    await simulation.run(ms);
    const { steps, neurons } = simulation.spikes("excitatory");
    const values = simulation.watchedValues();
    const of = (neuron: number) =>
      Array.from(steps).flatMap((step, k) => (neurons[k] === neuron ? [this.since + step] : []));
    const column = (index: number) => Array.from({ length: ms }, (_, step) => values[3 * step + index]!);
    return {
      first,
      ms,
      eligibility: column(0),
      weight: column(1),
      dopamine: column(2),
      pre: of(this.pre),
      post: of(this.post),
    };
  }

  /** Of all synapses between excitatory neurons but the watched one. */
  async others(): Promise<Float32Array> {
    return (await this.simulation.readWeights(plastic)).subarray(chosen + 1);
  }

  destroy(): void {
    this.simulation.destroy();
  }
}

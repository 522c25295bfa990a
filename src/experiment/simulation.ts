/**
 * Simulation: a spiking network on the GPU, run for as long as asked.
 *
 * ```ts
 * const simulation = await Simulation.create(device, network, { record: ["exc"] });
 * await simulation.run(1000); // ms
 * const { steps, neurons } = simulation.spikes("exc");
 * ```
 */
import type { Device } from "../gpu/device";
import { unknownName } from "../gpu/name";
import { type Profile, type ProfileOptions, profile } from "../gpu/profiler";
import { Runner } from "../gpu/runner";
import { type Built, buildNetwork } from "../net/spiking/build";
import { checkNetwork } from "../net/spiking/check";
import { eventWords, normaliseRecord, recordAt, spikingLowerings, stepRecords } from "../net/spiking/kernels";
import { type Layout, layOut } from "../net/spiking/layout";
import type { SpikingNetwork } from "../net/spiking/model";
import { type KernelOptions, makePlan, type Probe } from "../net/spiking/plan";
import { none } from "../net/spiking/tables";
import { Kept, type RecordedSpikes } from "./simulation-kept";
import { SimulationLive } from "./simulation-live";
import { offsetOf, probeOf, type Watched } from "./watch";

export type { Synapses, WeightList } from "./simulation-arrays";
export type { RecordedSpikes } from "./simulation-kept";
export type { DopamineChange } from "./simulation-live";
export type { Watched } from "./watch";

export interface SimulationOptions {
  /** Populations whose spikes are kept; default all. */
  readonly record?: readonly string[];
  readonly watch?: readonly Watched[];
  /** Populations whose parameters `set` may change while the network runs, at some cost of speed; default none. */
  readonly live?: readonly string[];
  /** `whole`: one workgroup runs all steps of a submit; `steps`: a dispatch a phase; default what suits the size. */
  readonly lowering?: "whole" | "steps";
  /** Spikes that one submit may record; default 2¹⁸. */
  readonly recordRoom?: number;
  /** How long a submit should keep the GPU, ms; default 40. */
  readonly submitMs?: number;
}

/** Where spikes lie on the GPU, for those that draw or count them there. Good until `destroy`. */
export interface SpikeList {
  readonly events: GPUBuffer;
  /** The word that counts the spikes of the last submit, and the word at which their (step, neuron) begin. */
  readonly countAt: number;
  readonly listAt: number;
  /** More than these are counted, but not listed. */
  readonly room: number;
  /** Its neurons are numbered on from `first`. */
  readonly populations: readonly { readonly name: string; readonly first: number; readonly size: number }[];
}

/** Where watched values lie on the GPU after a submit: [its steps, values], in words of `state`. Good until `destroy`. */
export interface WatchList {
  readonly state: GPUBuffer;
  readonly at: number;
  readonly values: number;
}

/** Up to this many neurons one workgroup is faster than a dispatch a step. */
const fewNeurons = 2048;
/** The most steps of one submit. */
export const mostSteps = 1024;

export class Simulation extends SimulationLive {
  /** Steps done. */
  step = 0;
  private chunk = 32;
  private normaliser: Promise<Runner> | undefined;
  private readonly kept = new Kept();

  private constructor(
    device: Device,
    network: SpikingNetwork,
    layout: Layout,
    built: Built,
    private readonly runner: Runner,
    options: KernelOptions & { readonly probes: Probe[] },
    private readonly whole: boolean,
    watched: readonly Watched[],
    live: readonly string[],
    private readonly submitMs: number,
  ) {
    super(device, network, layout, built, options, [...watched], live);
  }

  /**
   * Draws the network's synapses and makes it ready at step 0.
   * @throws in one sentence for a bad network (`checkNetwork`), or one that the adapter can't hold, with the bytes
   */
  static async create(
    device: Device,
    network: SpikingNetwork,
    { record, watch = [], live = [], lowering, recordRoom = 2 ** 18, submitMs = 40 }: SimulationOptions = {},
  ): Promise<Simulation> {
    checkNetwork(network);
    const layout = layOut(network, live);
    const names = network.populations.map(({ name }) => name);
    for (const name of [...(record ?? []), ...live])
      if (!names.includes(name)) throw new Error(unknownName("population", name, names));
    for (const { spec, row } of layout.populations)
      row.recorded = (record ?? names).includes(spec.name) ? 1 : 0;
    const whole = lowering ? lowering === "whole" : layout.neurons <= fewNeurons;
    const options = (probes: Probe[]) => ({
      width: whole ? 256 : 64,
      recordRoom,
      steps: mostSteps,
      groups: device.facts.software ? 8 : 256,
      probes,
      subgroups: device.subgroups,
    });
    const nowhere = watch.map((): Probe => ({ of: "state", at: 0 }));
    const built = await buildNetwork(device, layout, options(nowhere));
    const probes = watch.map((one) => probeOf(layout, one));
    // The plan is made anew with the probes' places, which only the build knows; nothing else in it moves.
    built.memory.write(built.fields.plan.name, makePlan(layout, options(probes)).words);
    const records = stepRecords(layout, built.plan, built.fields, options(probes), whole);
    const runner = await Runner.create(device, built.memory, records, spikingLowerings);
    const simulation = new Simulation(
      device,
      network,
      layout,
      built,
      runner,
      options(probes),
      whole,
      watch,
      live,
      submitMs,
    );
    simulation.clearEvents(eventWords.counts + layout.neurons);
    // No step at all, so that drivers which compile at the first use do it now.
    simulation.submit(0);
    await device.settled();
    return simulation;
  }

  /** ms simulated. */
  get time(): number {
    return this.step * this.network.dt;
  }

  /**
   * Runs the network for `ms` more, rounded to whole steps.
   * @param signal stops between two submits
   * @throws where a state variable is not finite any more, a sum of weights left its range, or more spikes came than there was
   *   room for: in one sentence, with the neuron and the step
   */
  async run(ms: number, signal?: AbortSignal): Promise<void> {
    const last = this.step + Math.round(ms / this.network.dt);
    let before: Promise<void> | undefined;
    while (this.step < last && !signal?.aborted) {
      const started = performance.now();
      const steps = Math.min(this.chunk, last - this.step);
      this.submit(steps);
      const first = this.step;
      this.step += steps;
      // The host reads one submit's spikes while the next one runs.
      const reading = this.collect(first, steps);
      reading.catch(() => undefined); // of several that fail the first is told
      await before;
      before = reading;
      this.pace(steps, performance.now() - started);
    }
    await before;
  }

  /** Where the spikes of each submit lie while they are on the GPU. */
  get spikeList(): SpikeList {
    const { memory, fields } = this.built;
    return {
      events: memory.buffer(fields.events.name),
      countAt: eventWords.recorded,
      listAt: recordAt(this.layout),
      room: this.options.recordRoom,
      populations: this.layout.populations.map(({ spec, row }) => ({
        name: spec.name,
        first: row.neurons,
        size: row.size,
      })),
    };
  }

  /** Where the values that are watched lie while they are on the GPU, each as it is measured there (`watchOffset`). */
  get watchList(): WatchList {
    const { memory, fields } = this.built;
    const { state } = this.layout;
    return { state: memory.buffer(fields.state.name), at: state, values: this.watched.length };
  }

  /** What is added to a value of `watchList` so that it is in its model's own unit. @param index in `watch` */
  watchOffset(index: number): number {
    return offsetOf(this.layout, this.watched[index]!);
  }

  /**
   * Submits so many steps, from 1 to 1024, and returns at once. Nothing is brought to the host: the spikes are in
   * `spikeList` until the next submit, and `check` tells whether all is well.
   */
  advance(steps: number): void {
    if (!(Number.isInteger(steps) && steps >= 1 && steps <= mostSteps))
      throw new Error(`One submit takes from 1 to ${mostSteps} steps, but ${steps} were asked for.`);
    this.submit(steps);
    this.step += steps;
  }

  /** @throws as `run` does, where a state variable is not finite any more or a sum of weights left its range */
  async check(): Promise<void> {
    const buffer = this.built.memory.buffer(this.built.fields.events.name);
    this.checkHealth(new Uint32Array(await this.device.readBuffer(buffer, 4 * eventWords.counts)));
  }

  /** Encodes the next steps. */
  private submit(steps: number): void {
    const { memory, fields } = this.built;
    memory.write(fields.submitted.name, Uint32Array.of(this.step, steps, 0, 0));
    this.device.gpu.queue.writeBuffer(
      memory.buffer(fields.events.name),
      4 * eventWords.recorded,
      new Uint32Array(1),
    );
    if (this.whole) this.runner.run();
    else this.runner.runPart(0, this.recordsOf(steps));
  }

  /**
   * Times its kernels, each over and over from the step at hand: what the network holds afterwards is no run's any more.
   * A row's `calls` are those of the most steps that one submit takes.
   */
  profile(options?: ProfileOptions): Promise<Profile> {
    return profile(this.device, this.runnerToTime(), options);
  }

  /** A runner of so many steps from the one at hand, for whoever times it as `profile` does. Good until `destroy`. */
  runnerToTime(steps = mostSteps): Runner {
    const { memory, fields } = this.built;
    memory.write(fields.submitted.name, Uint32Array.of(this.step, steps, 0, 0));
    return this.whole ? this.runner : this.runner.part(0, this.recordsOf(steps));
  }

  /** The records that take so many steps where a dispatch is a phase. */
  private recordsOf(steps: number): number {
    const { stride } = this.layout;
    const each = this.runner.records.length / Math.ceil(this.options.steps / stride);
    return each * Math.max(1, Math.ceil(steps / stride));
  }

  /** Makes submits as long as `submitMs` asks, by doubling and halving. */
  private pace(steps: number, ms: number): void {
    if (steps < this.chunk) return;
    if (ms < this.submitMs / 2) this.chunk = Math.min(mostSteps, this.chunk * 2);
    else if (ms > this.submitMs * 2) this.chunk = Math.max(this.layout.stride, Math.floor(this.chunk / 2));
  }

  private async collect(first: number, steps: number): Promise<void> {
    const { memory, fields } = this.built;
    const { recordRoom, probes } = this.options;
    const recorded = this.layout.populations.some(({ row }) => row.recorded === 1);
    const buffer = memory.buffer(fields.events.name);
    const [head, list, probed] = await Promise.all([
      this.device.readBuffer(buffer, 4 * eventWords.counts).then((bytes) => new Uint32Array(bytes)),
      recorded ? this.device.readBuffer(buffer, 8 * recordRoom, 4 * recordAt(this.layout)) : undefined,
      probes.length === 0
        ? undefined
        : this.device.readBuffer(
            memory.buffer(fields.state.name),
            4 * steps * probes.length,
            4 * this.layout.state,
          ),
    ]);
    this.checkHealth(head);
    const count = head[eventWords.recorded]!;
    if (count > recordRoom)
      throw new Error(
        `${count} spikes came in steps ${first} to ${first + steps - 1}, but the list that records them holds ${recordRoom}; record fewer populations or give a larger recordRoom.`,
      );
    const spikes = list ? new Uint32Array(list, 0, 2 * count).slice() : new Uint32Array(0);
    this.kept.add(spikes, probed && new Float32Array(probed));
  }

  private checkHealth(head: Uint32Array): void {
    const { dt } = this.network;
    const step = head[eventWords.sickStep]!;
    if (step !== none) {
      const { spec, row } = this.populationOf(head[eventWords.sickNeuron]!);
      throw new Error(
        `${Object.keys(spec.model.state)[0]} of neuron ${head[eventWords.sickNeuron]! - row.neurons} of "${spec.name}" (${spec.model.name}) was not a finite number at step ${step} (${(step * dt).toFixed(1)} ms); take a smaller dt or check its parameters and weights.`,
      );
    }
    const cell = head[eventWords.overflows]!;
    if (cell !== 0) {
      const { spec, row } = this.layout.populations.findLast((one) => one.row.cells <= cell - 1)!;
      throw new Error(
        `The weights that reached neuron ${(cell - 1 - row.cells) % spec.size} of "${spec.name}" in one step are more than a fixed-point sum of 32 bits holds; make them smaller.`,
      );
    }
  }

  /** Spikes so far of a population that is recorded. */
  spikes(name: string): RecordedSpikes {
    const { row } = this.population(name);
    return this.kept.spikes(row.neurons, row.size);
  }

  /** What was watched, one row a step since the start (or the last `forget`): [steps, watched]. */
  watchedValues(): Float32Array {
    return this.kept.values(this.watched.map((one) => offsetOf(this.layout, one)));
  }

  /** Forgets the spikes and watched values kept so far. */
  forget(): void {
    this.kept.forget();
  }

  private clearEvents(words: number): void {
    const head = new Uint32Array(words);
    head[eventWords.sickStep] = none;
    head[eventWords.sickNeuron] = none;
    this.device.gpu.queue.writeBuffer(this.built.memory.buffer(this.built.fields.events.name), 0, head);
  }

  /**
   * Scales the weights onto each post neuron of a plastic projection so that their sizes add up to `total`, as Diehl & Cook do
   * before every image: between two calls of `run`, in the same order always. Bounds hold, at the price of the sum.
   * @throws for a projection that isn't plastic, or a total that isn't above 0
   */
  async normalise(name: string, total: number): Promise<void> {
    const one = this.projection(name);
    if (!one.plastic)
      throw new Error(
        `The weights of "${name}" can't be normalised, since they aren't plastic; give it a rule.`,
      );
    if (!(total > 0 && Number.isFinite(total)))
      throw new Error(`The weights of "${name}" must be normalised to a sum above 0, but it is ${total}.`);
    const { memory, fields } = this.built;
    this.normaliser ??= Runner.create(this.device, memory, normaliseRecord(this.layout, fields), {});
    const runner = await this.normaliser;
    const bits = new Uint32Array(Float32Array.of(total).buffer)[0]!;
    const index = this.layout.projections.indexOf(one);
    memory.write(fields.submitted.name, Uint32Array.of(this.step, 0, index, bits));
    runner.run();
  }

  destroy(): void {
    this.runner.destroy();
    this.built.memory.destroy();
  }
}

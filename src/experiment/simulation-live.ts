/** What a person may change of a simulation between two submits, with nothing drawn or compiled anew. */
import type { Device } from "../gpu/device";
import type { Built } from "../net/spiking/build";
import { numberPlaces } from "../net/spiking/forms";
import { type Layout, type PlacedPopulation, plasticFormOf } from "../net/spiking/layout";
import type { Background, PopulationSpec, SpikingNetwork, Values } from "../net/spiking/model";
import { numbersOfPopulation } from "../net/spiking/numbers";
import { type KernelOptions, makePlan, type Probe } from "../net/spiking/plan";
import { filled, valuesAt } from "../net/spiking/spec";
import { traceNumbers, traceNumbersOf, traceWords } from "../net/spiking/trace";
import { SimulationArrays } from "./simulation-arrays";
import { probeOf, type Watched } from "./watch";

/** What may change of the dopamine that a network has; what is left out stays. */
export interface DopamineChange {
  /** How much of it there is. */
  readonly level?: number;
  /** Time constant of its decay, ms. */
  readonly tau?: number;
  /** What a spike of the releasing population adds. */
  readonly released?: number;
  /** What a reward adds. */
  readonly reward?: number;
}

export class SimulationLive extends SimulationArrays {
  /** Of the projections whose gain was changed, the scale that stands for a gain of 1. */
  private readonly scales = new Map<string, number>();
  private dopamine: Required<DopamineChange>;

  protected constructor(
    device: Device,
    network: SpikingNetwork,
    layout: Layout,
    built: Built,
    protected readonly options: KernelOptions & { readonly probes: Probe[] },
    protected readonly watched: Watched[],
    private readonly live: readonly string[],
  ) {
    super(device, network, layout, built);
    const { tau = 1, released, reward } = network.dopamine ?? {};
    this.dopamine = { level: 0, tau, released: released?.amount ?? 0, reward: reward?.amount ?? 0 };
  }

  /**
   * Changes parameters of a population, for all its neurons, from the next step on.
   * @throws for a name that the model doesn't know or a number out of its range
   */
  set(name: string, params: Readonly<Record<string, number>>): void {
    const placed = this.population(name);
    const spec = { ...placed.spec, params: { ...placed.spec.params, ...params } };
    filled(spec.model.params, valuesAt(spec.params, 0), `Population "${name}" (${spec.model.name})`);
    numbersOfPopulation(spec, this.network.dt);
    if (!this.live.includes(name))
      throw new Error(
        `The parameters of "${name}" are fixed; name it in the simulation's \`live\` to change them.`,
      );
    this.renumber(placed, spec);
  }

  /**
   * Changes the Poisson trains that a population hears from outside, from the next step on; it needs not be `live`.
   * @param index of one of its backgrounds
   */
  setBackground(name: string, index: number, change: Partial<Omit<Background, "port">>): void {
    const placed = this.population(name);
    const { background = [] } = placed.spec;
    if (!background[index])
      throw new Error(`"${name}" hears ${background.length} backgrounds, so there is no number ${index}.`);
    const changed = background.map((one, at) => (at === index ? { ...one, ...change } : one));
    const { rate, count, weight } = changed[index]!;
    if (!(rate >= 0 && count >= 0 && Number.isFinite(rate * count * weight)))
      throw new Error(
        `The background of "${name}" needs a rate and a count from 0 on, but was to have ${count} trains at ${rate} spikes/s of weight ${weight}.`,
      );
    this.renumber(placed, { ...placed.spec, background: changed });
  }

  /**
   * Multiplies what every synapse of a projection delivers, from the next step on; the weights themselves stay as they are, so
   * that plastic ones go on learning. Above 2 a sum may leave its range where most neurons fire in one step, which the run tells.
   * @param gain from 0 on; 1 at the start
   * @throws for a name that the network doesn't have, or a gain that is no such number
   */
  setGain(name: string, gain: number): void {
    const { row } = this.projection(name);
    if (!(gain >= 0 && Number.isFinite(gain)))
      throw new Error(`The gain of "${name}" must be a number from 0 on, but was to be ${gain}.`);
    const own = this.scales.get(name) ?? row.scale;
    this.scales.set(name, own);
    row.scale = own * gain;
    this.replan();
  }

  /** What `setGain` has made of what a projection delivers; 1 where it has not. */
  gainOf(name: string): number {
    const { row } = this.projection(name);
    return row.scale / (this.scales.get(name) ?? row.scale);
  }

  /**
   * Changes parameters of a plastic projection's rule from the next step on; its bounds stay.
   * @throws for a projection that isn't plastic, a name that its rule doesn't know, or a number out of its range
   */
  setPlasticity(name: string, params: Values): void {
    const one = this.projection(name);
    const { plasticity } = one.spec;
    if (!plasticity)
      throw new Error(`"${name}" has no rule to set parameters of, since it isn't plastic; give it a rule.`);
    const { model } = plasticity;
    const { dt } = this.network;
    const where = `Projection "${name}" (${model.name})`;
    const changed = { ...plasticity, params: { ...plasticity.params, ...params } };
    const amiss = model.check?.(filled(model.params, changed.params, where), dt);
    if (amiss) throw new Error(`${where}: ${amiss}`);
    const { values } = plasticFormOf(changed, dt, name);
    (one as { spec: typeof one.spec }).spec = { ...one.spec, plasticity: changed };
    this.renumberAt(one.row.numbers, values);
    const traces = traceNumbersOf(one, this.layout.populations, dt);
    for (const side of ["pre", "post"] as const) {
      const { row } = this.layout.populations[one.row[side]]!;
      const before = (one.row[`${side}Traces`] - row.traceRings) / (this.layout.traceSlots * row.size);
      traces[side].forEach((numbers, k) => {
        const at = row.traces + traceNumbers * (before + k);
        numbers[traceWords.list] = this.layout.numbers[at + traceWords.list]!;
        this.renumberAt(at, numbers);
      });
    }
  }

  /**
   * Changes the dopamine that all synapses hear, from the next step on.
   * @throws where the network has none, or a number can't be used
   */
  setDopamine(change: DopamineChange): void {
    if (!this.network.dopamine)
      throw new Error("This network has no dopamine to set; give the network `dopamine` first.");
    const { level, ...others } = change;
    const next = { ...this.dopamine, ...others };
    const bad = Object.entries({ ...next, level: level ?? 0 }).find(([, value]) => !Number.isFinite(value));
    if (bad || next.tau <= 0)
      throw new Error(
        `Dopamine needs finite numbers and a time constant above 0 ms, but its ${bad?.[0] ?? "tau"} was to be ${bad?.[1] ?? next.tau}.`,
      );
    this.dopamine = next;
    const numbers = [Math.exp(-this.network.dt / next.tau), next.released, next.reward];
    this.renumberAt(this.layout.dopamineNumbers, numbers);
    if (level === undefined) return;
    const { memory, fields } = this.built;
    this.device.gpu.queue.writeBuffer(memory.buffer(fields.state.name), 0, Float32Array.of(level));
  }

  /**
   * Watches another value in the place of one that is watched, from the next step on.
   * @param index in the simulation's `watch`
   * @throws for a place that isn't watched, or a name or number that the network doesn't have
   */
  watchInstead(index: number, watched: Watched): void {
    if (!this.watched[index])
      throw new Error(`${this.watched.length} values are watched, so there is no number ${index}.`);
    this.options.probes[index] = probeOf(this.layout, watched);
    this.watched[index] = watched;
    this.replan();
  }

  private replan(): void {
    const { memory, fields } = this.built;
    memory.write(fields.plan.name, makePlan(this.layout, this.options).words);
  }

  private renumberAt(at: number, values: readonly number[]): void {
    values.forEach((value, k) => {
      this.layout.numbers[at + k] = value;
    });
    const buffer = this.built.memory.buffer(this.built.fields.numbers.name);
    this.device.gpu.queue.writeBuffer(buffer, 4 * at, Float32Array.from(values));
  }

  /** Writes a population's numbers anew, all but the scales of its ports, which follow from its synapses. */
  private renumber(placed: PlacedPopulation, spec: PopulationSpec): void {
    const { row, form } = placed;
    const changed = numbersOfPopulation(spec, this.network.dt);
    const places = numberPlaces(changed.form);
    const block = changed.values.slice(0, places.varying);
    const ports = places.values - places.ports;
    block.splice(0, ports, ...this.layout.numbers.slice(row.numbers, row.numbers + ports));
    // The kernel looks up each neuron's own value wherever it had one, also where all are the same by now.
    for (const key of form.varying) {
      const own = changed.form.varying.indexOf(key);
      const at = places.varying + own * row.size;
      const same = block[places.values + form.derived.indexOf(key)]!;
      for (let neuron = 0; neuron < row.size; neuron++)
        block.push(own < 0 ? same : changed.values[at + neuron]!);
    }
    (placed as { spec: PopulationSpec }).spec = spec;
    this.renumberAt(row.numbers, block);
  }
}

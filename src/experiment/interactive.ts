/**
 * Interactive: a table of people as an interactive activation and competition network on the GPU. Give it a name or some
 * properties, let it settle, and read what it remembers.
 *
 * ```ts
 * const network = await Interactive.create(device);
 * network.probe(["Art"]);
 * await network.settle();
 * network.strongest(); // [{ pool: "gang", units: [{ name: "Jets", activation: 0.74 }, …] }, …]
 * ```
 */
import type { Device } from "../gpu/device";
import type { Field } from "../gpu/field";
import { Memory } from "../gpu/memory";
import { unknownName } from "../gpu/name";
import { Runner } from "../gpu/runner";
import { Builder } from "../net/builder";
import { lowerings } from "../net/dense";
import {
  cycle,
  type InteractiveNetwork,
  interactiveNetwork,
  interactiveParameters,
} from "../net/interactive";
import { settingValues, type Values } from "../net/optimiser";
import { people as jetsAndSharks, type Person, properties as theirs } from "../task/jets-and-sharks";

/** A unit: a name, a property, or the person (written `_Art`) that ties a name and properties together. */
export interface Unit {
  readonly name: string;
  readonly pool: string;
}

/** Who is linked to whom: by index, each pair once. */
export type Link = readonly [number, number];

export interface Layout {
  readonly units: readonly Unit[];
  readonly links: readonly Link[];
}

/** Units and links of a table: a pool of names, one of persons, and one for each property. */
export function layoutOf(
  people: readonly Person[] = jetsAndSharks,
  properties: Readonly<Record<string, readonly string[]>> = theirs,
): Layout {
  const units: Unit[] = [
    ...people.map(({ name }) => ({ name, pool: "name" })),
    ...Object.entries(properties).flatMap(([pool, names]) => names.map((name) => ({ name, pool }))),
    ...people.map(({ name }) => ({ name: `_${name}`, pool: "person" })),
  ];
  const at = new Map(units.map(({ name }, index) => [name, index]));
  const links = people.flatMap((person) =>
    [person.name, ...person.properties].map((name): Link => [at.get(`_${person.name}`)!, at.get(name)!]),
  );
  return { units, links };
}

/** A pool's units, the most active first. */
export interface PoolState {
  readonly pool: string;
  readonly units: readonly { readonly name: string; readonly activation: number }[];
}

export interface Settled {
  /** Cycles since the probe. */
  readonly cycles: number;
  /** Whether the units came to rest, or the cycles ran out first. */
  readonly settled: boolean;
}

/** All units together move less than this in a cycle once they are settled (root of the sum of squares). */
const stillness = 1e-4;
const cyclesAtOnce = 20;

export class Interactive {
  /** Cycles since the probe. */
  cycles = 0;
  private probed: number[] = [];
  private readonly gone = new Set<number>();
  private severed: Link[] = [];
  private state: Float32Array;

  private constructor(
    readonly layout: Layout,
    readonly values: Values,
    private readonly network: InteractiveNetwork,
    private readonly memory: Memory,
    private readonly runner: Runner,
  ) {
    this.state = this.atRest();
    this.tie();
  }

  /**
   * @param options.values numbers that differ from the defaults: alpha, gamma, strength, decay, maximum, minimum, rest
   * @throws in one sentence for a number of another name, or one out of its range
   */
  static async create(
    device: Device,
    { layout = layoutOf(), values }: { layout?: Layout; values?: Values } = {},
  ): Promise<Interactive> {
    const all = numbersOf(values);
    const network = interactiveNetwork(layout.units.length, all.rest!);
    const step = new Builder(network.net, "sgd", 0, { params: interactiveParameters, options: {} });
    cycle(step, network);
    const memory = new Memory(device);
    const runner = await Runner.create(device, memory, step.schedule, lowerings);
    for (const [name, group] of step.settings) memory.write(name, settingValues(group, all));
    return new Interactive(layout, all, network, memory, runner);
  }

  /** Activations as last read, in the order of the units. */
  get activations(): Float32Array {
    return this.state;
  }

  /** Names of the units that are cut off. */
  get cutOff(): string[] {
    return [...this.gone].map((unit) => this.layout.units[unit]!.name);
  }

  /** Names of the units that get input from outside. */
  get given(): string[] {
    return this.probed.map((unit) => this.layout.units[unit]!.name);
  }

  /** Puts every unit to rest and gives the named ones input from outside. @throws for a name that no unit has */
  probe(names: readonly string[]): void {
    this.probed = names.map((name) => findUnit(this.layout, name));
    this.state = this.atRest();
    this.cycles = 0;
    this.memory.write(this.network.activation.name, this.state);
    this.tellWhom(this.network.external, (unit) => this.probed.includes(unit));
  }

  /** Cuts units off: they fall silent and stay at rest. @throws for a name that no unit has */
  cut(names: readonly string[]): void {
    for (const name of names) this.gone.add(findUnit(this.layout, name));
    this.tellWhom(this.network.alive, (unit) => !this.gone.has(unit));
  }

  /** Cuts the link between two units, both ways. @throws where there is none */
  sever(a: string, b: string): void {
    const [one, other] = [findUnit(this.layout, a), findUnit(this.layout, b)];
    const link = this.layout.links.find(
      (ends) => ends.includes(one) && ends.includes(other) && one !== other,
    );
    if (!link)
      throw new Error(
        `${nameOf(this.layout, one)} and ${nameOf(this.layout, other)} have no link to cut; a person is linked to a name and to properties.`,
      );
    this.severed.push(link);
    this.tie();
  }

  /** Puts every unit and every link back. */
  mend(): void {
    this.gone.clear();
    this.severed = [];
    this.cut([]);
    this.tie();
  }

  /** Runs `count` cycles and reads the activations. @returns how far all units together moved in the last one */
  async run(count: number): Promise<number> {
    this.runner.run(count);
    this.cycles += count;
    const { activation, movement } = this.network;
    const [state, moved] = await Promise.all([
      this.memory.read(activation.name),
      this.memory.read(movement.name),
    ]);
    this.state = state;
    return Math.sqrt(moved[0]!);
  }

  /** Runs until the units rest, for at most `most` cycles more. */
  async settle(most = 1000): Promise<Settled> {
    const end = this.cycles + most;
    while (this.cycles < end)
      if ((await this.run(Math.min(cyclesAtOnce, end - this.cycles))) < stillness)
        return { cycles: this.cycles, settled: true };
    return { cycles: this.cycles, settled: false };
  }

  /** Every pool, with its units the most active first. */
  strongest(): PoolState[] {
    const { units } = this.layout;
    const named = units.map(({ name, pool }, index) => ({ name, pool, activation: this.state[index]! }));
    return [...new Set(units.map(({ pool }) => pool))].map((pool) => ({
      pool,
      units: named
        .filter((unit) => unit.pool === pool)
        .map(({ name, activation }) => ({ name, activation }))
        .sort((a, b) => b.activation - a.activation),
    }));
  }

  destroy(): void {
    this.runner.destroy();
    this.memory.destroy();
  }

  private atRest(): Float32Array {
    return new Float32Array(this.layout.units.length).fill(this.values.rest!);
  }

  private tellWhom({ name }: Field, chosen: (unit: number) => boolean): void {
    this.memory.write(
      name,
      Float32Array.from(this.layout.units, (_, unit) => Number(chosen(unit))),
    );
  }

  /** Writes the weights: 1 along each link, and between all rivals of a pool. */
  private tie(): void {
    const { units, links } = this.layout;
    const count = units.length;
    const excite = new Float32Array((count + 1) * count);
    const inhibit = new Float32Array((count + 1) * count);
    for (const link of links) {
      if (this.severed.includes(link)) continue;
      const [a, b] = link;
      excite[a * count + b] = 1;
      excite[b * count + a] = 1;
    }
    for (let a = 0; a < count; a++)
      for (let b = 0; b < count; b++)
        if (a !== b && units[a]!.pool === units[b]!.pool) inhibit[a * count + b] = 1;
    this.memory.write(this.network.excitatory.weight.name, excite);
    this.memory.write(this.network.inhibitory.weight.name, inhibit);
  }
}

const nameOf = ({ units }: Layout, unit: number) => units[unit]!.name;

/**
 * A unit by its name in any case; `1930s` is 30s.
 * @throws when no unit has it, with the nearest name
 */
export function findUnit({ units }: Layout, typed: string): number {
  const wanted = typed
    .trim()
    .toLowerCase()
    .replace(/^19(\d0s)$/, "$1");
  const found = units.findIndex(({ name }) => name.toLowerCase() === wanted);
  if (found >= 0) return found;
  const names = units
    .filter(({ pool }) => pool !== "person" || typed.startsWith("_"))
    .map(({ name }) => name);
  throw new Error(unknownName("unit", typed, names));
}

function numbersOf(told: Values = {}): Values {
  const known = Object.keys(interactiveParameters);
  const stray = Object.keys(told).find((name) => !known.includes(name));
  if (stray !== undefined) throw new Error(unknownName("parameter", stray, known));
  return Object.fromEntries(
    Object.entries(interactiveParameters).map(([name, { default: usual, min, max, about }]) => {
      const value = told[name] ?? usual;
      if (!(value >= min && value <= max))
        throw new Error(`The ${about} "${name}" must be a number from ${min} to ${max}, but got ${value}.`);
      return [name, value];
    }),
  );
}

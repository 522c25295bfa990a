/** The neurons whose membranes are followed: chosen by number, or by a press on a row of the picture. */
import type { Simulation } from "../../src/experiment/simulation";
import { parameterAt } from "../../src/net/spiking/numbers";
import { byId, h } from "../../src/view/dom";
import type { Raster } from "../../src/view/raster";
import type { Followed } from "../../src/view/raster-look";
import type { Neuron } from "./address";
import { type Choice, excites } from "./networks";

/** Each model's first state variable is its membrane. */
const membraneOf = (simulation: Pick<Simulation, "network">, population: string) =>
  Object.keys(simulation.network.populations.find(({ name }) => name === population)!.model.state)[0]!;

/** What to watch of them (`SimulationOptions.watch`). */
export const watchOf = (simulation: Pick<Simulation, "network">, neurons: readonly Neuron[]) =>
  neurons.map((one) => ({ ...one, variable: membraneOf(simulation, one.population) }));

interface Row {
  readonly population: HTMLSelectElement;
  readonly neuron: HTMLInputElement;
}

export class FollowedNeurons {
  private neurons: Neuron[] = [];
  private usual: readonly Neuron[] = [];
  private rows: readonly Row[] = [];
  private sizes = new Map<string, number>();
  /** The next that a press on the picture replaces. */
  private next = 0;

  /** @param changed hears which of them is another neuron now */
  constructor(private readonly changed: (index: number) => void) {}

  /** Three of a network's neurons: those asked for, as far as it has them, else its usual ones. */
  show({ followed }: Choice, { populations }: Simulation["network"], asked: readonly Neuron[] = []): void {
    this.sizes = new Map(populations.map(({ name, size }) => [name, size]));
    const has = ({ population, neuron }: Neuron) => neuron < (this.sizes.get(population) ?? 0);
    this.usual = followed.map((population, k) => ({
      population,
      neuron: followed.slice(0, k).filter((other) => other === population).length,
    }));
    this.neurons = this.usual.map((one, k) => (asked[k] && has(asked[k]) ? asked[k] : one));
    this.next = 0;
    this.rows = this.neurons.map((_, k) => this.row(k));
    const hosts = this.rows.map(({ population, neuron }, k) =>
      h(
        "div",
        { class: "spikes-neuron" },
        h("span", { "aria-hidden": true }, `${k + 1}`),
        population,
        neuron,
      ),
    );
    byId("spikes-followed").replaceChildren(...hosts);
  }

  get all(): readonly Neuron[] {
    return this.neurons;
  }

  /** Undefined where all are the network's usual ones. */
  get asked(): readonly Neuron[] | undefined {
    return JSON.stringify(this.neurons) === JSON.stringify(this.usual) ? undefined : this.neurons;
  }

  /** Puts a neuron in the place of the one that was chosen longest ago. */
  replace(neuron: Neuron): void {
    this.choose(this.next, neuron);
    this.next = (this.next + 1) % this.neurons.length;
  }

  private row(index: number): Row {
    const { population, neuron } = this.neurons[index]!;
    const names = [...this.sizes.keys()].map((name) => h("option", { value: name }, name));
    const menu = h("select", { "aria-label": `Population of neuron ${index + 1}` }, ...names);
    menu.value = population;
    const input = h("input", {
      type: "number",
      min: 0,
      step: 1,
      "aria-label": `Number of neuron ${index + 1}`,
    });
    input.value = String(neuron);
    const hear = () =>
      this.choose(index, { population: menu.value, neuron: Math.round(input.valueAsNumber) });
    menu.addEventListener("input", hear);
    input.addEventListener("change", hear);
    return { population: menu, neuron: input };
  }

  /** A number that the population lacks becomes its nearest. */
  private choose(index: number, { population, neuron }: Neuron): void {
    const most = this.sizes.get(population)! - 1;
    const chosen = { population, neuron: Math.max(0, Math.min(most, neuron || 0)) };
    const row = this.rows[index]!;
    row.population.value = population;
    row.neuron.value = String(chosen.neuron);
    row.neuron.max = String(most);
    this.neurons[index] = chosen;
    this.changed(index);
  }
}

/** How a neuron's lane looks: a membrane's threshold and reset, as the GPU measures it. */
export function laneOf(
  simulation: Simulation,
  index: number,
  { population, neuron }: Neuron,
  live: Readonly<Record<string, number>>,
): Followed {
  const spec = simulation.network.populations.find(({ name }) => name === population)!;
  const offset = simulation.watchOffset(index);
  const own = (name: string) => live[name] ?? parameterAt(spec, name, neuron);
  return {
    colour: excites(simulation.network, population) ? "--positive" : "--negative",
    mark: own("threshold") - offset,
    rest: own("reset") - offset,
  };
}

/** Numbers among all of the neurons, as a raster wants them. */
export const numbersAmongAll = ({ spikeList }: Simulation, neurons: readonly Neuron[]): number[] =>
  neurons.map(
    ({ population, neuron }) => spikeList.populations.find(({ name }) => name === population)!.first + neuron,
  );

/** The neuron of a row that was pressed. */
export function pressed(raster: Raster, simulation: Simulation, { clientY }: MouseEvent): Neuron | undefined {
  const { top } = byId("spikes-raster").getBoundingClientRect();
  const found = raster.neuronAt(clientY - top);
  return found && { population: simulation.names.populations[found.population]!, neuron: found.neuron };
}

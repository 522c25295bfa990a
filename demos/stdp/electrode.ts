/**
 * Electrode: a source of spikes that a person works while the network runs. It counts steps down and fires when none is left,
 * and again every so often, as often as it was told. A neuron model like any other, written by this page for itself: the
 * library does the rest.
 */
import type { Simulation } from "../../src/experiment/simulation";
import type { NeuronModel } from "../../src/net/spiking/model";

export const electrode: NeuronModel = {
  name: "electrode",
  about: "Fires when it is told to.",
  source: "this demo",
  params: {},
  state: {
    wait: { initial: 0, unit: "steps", about: "until it fires; 0 while it rests" },
    every: { initial: 0, unit: "steps", about: "from one spike to the next" },
    more: { initial: 0, unit: "spikes", about: "still to come after the next one" },
  },
  ports: [],
  derive: () => ({}),
  shader: {
    name: "electrode",
    text: `fn advance(n: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {
  if (n.wait <= 0.0) { return false; }
  n.wait -= 1.0;
  if (n.wait > 0.0) { return false; }
  if (n.more > 0.0) {
    n.more -= 1.0;
    n.wait = n.every;
  }
  return true;
}`,
  },
};

/** What one electrode is to do: a first spike so many steps from now (1 is the next step), and others after it. */
export interface Stimulus {
  readonly wait: number;
  readonly every?: number;
  readonly spikes?: number;
}

/** Tells all electrodes of a population what to do from now on; those not named rest. */
export function stimulate(
  simulation: Simulation,
  population: string,
  size: number,
  stimuli: ReadonlyMap<number, Stimulus>,
): void {
  const write = (variable: string, pick: (stimulus: Stimulus) => number) => {
    const values = new Float32Array(size);
    for (const [neuron, stimulus] of stimuli) values[neuron] = pick(stimulus);
    simulation.write(population, variable, values);
  };
  write("wait", ({ wait }) => wait);
  write("every", ({ every = 0 }) => every);
  write("more", ({ spikes = 1 }) => spikes - 1);
}

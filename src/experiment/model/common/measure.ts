/** Measure: what a run did, in the figures by which simulators are compared. */
import type { Simulation } from "../../simulation";
import { between, meanRate, type Spikes } from "../../spikes";
import { meanCv } from "../../spikes-intervals";

export interface PopulationFigures {
  readonly name: string;
  readonly neurons: number;
  /** From the start. */
  readonly spikes: number;
  /** Mean over all its neurons after the transient, spikes/s. */
  readonly rate: number;
  /** Mean ISI CV after the transient, over the neurons with three spikes or more; null where there is none. */
  readonly cv: number | null;
  readonly cvNeurons: number;
}

/** A population's recorded spikes. */
export function recorded(simulation: Simulation, name: string): Spikes {
  const { steps, neurons } = simulation.spikes(name);
  return { times: steps, neurons, steps: simulation.step, dt: simulation.network.dt };
}

/** After the transient, or the second half of a run that is shorter than two of it. */
export function settled(spikes: Spikes, transientMs: number): Spikes {
  return between(spikes, firstSettled(spikes.steps, spikes.dt, transientMs));
}

export function firstSettled(steps: number, dt: number, transientMs: number): number {
  return Math.min(Math.round(transientMs / dt), Math.floor(steps / 2));
}

/** Rates and CVs of every population. */
export function populationFigures(simulation: Simulation, transientMs: number): PopulationFigures[] {
  return simulation.network.populations.map(({ name, size }) => {
    const spikes = recorded(simulation, name);
    const after = settled(spikes, transientMs);
    const { mean, neurons } = meanCv(after, size);
    return {
      name,
      neurons: size,
      spikes: spikes.times.length,
      rate: meanRate(after, size),
      cv: mean ?? null,
      cvNeurons: neurons,
    };
  });
}

/** Deliveries: each spike counts once for every synapse that it leaves through. Spikes from backgrounds are not among them. */
export async function synapticEvents(simulation: Simulation): Promise<number> {
  let events = 0;
  for (const { name } of simulation.network.populations) {
    const counts = await simulation.counts(name);
    const degrees = simulation.outDegrees(name);
    for (let neuron = 0; neuron < counts.length; neuron++) events += counts[neuron]! * degrees[neuron]!;
  }
  return events;
}

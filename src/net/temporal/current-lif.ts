/**
 * Spiking neurons with an exponential synaptic current, in discrete time: those of SpyTorch (Zenke; Neftci, Mostafa & Zenke
 * 2019, eq. 4–6), forward and back.
 */
import type { Field } from "../../gpu/field";
import type { Population } from "../population";
import { own } from "../synapses";
import type { TemporalBuilder } from "./builder";

/** Slopes that stand for the spike's on the way back, by the names of shaders/lib/surrogate/. */
export const surrogates = ["super-spike", "sigmoid", "triangle"] as const;
export type SurrogateName = (typeof surrogates)[number];

/** What a neuron of this network is. */
export interface CurrentLif {
  /** β = exp(−dt / τm) and α = exp(−dt / τs). */
  readonly membraneKeeps: number;
  readonly currentKeeps: number;
  readonly surrogate: SurrogateName;
  /** β of the surrogate, how steep it is. */
  readonly steepness: number;
  /** `detached` hides the reset from the way back, as SpyTorch does. */
  readonly reset: "detached" | "attached";
  /** `smooth` puts the surrogate's own primitive in place of the spike, to check gradients by differences. */
  readonly spike: "threshold" | "smooth";
}

/** The fields of a spiking population that outlast a span. */
export interface LifFields {
  readonly membrane: Field;
  readonly current: Field;
  /** What each step of the segment found: [rows, batch, size]. */
  readonly membranes: Field;
  readonly currents: Field;
  /** [rows, batch, size], with one row more where neurons hear each other a step later. */
  readonly spikes: Field;
  /** What the loss makes of membrane, current and spikes, and of the drive at each step. */
  readonly membraneError: Field;
  readonly currentError: Field;
  readonly spikeError: Field;
  readonly error: Field;
}

export function lifFields(step: TemporalBuilder, population: Population, recurrent: boolean): LifFields {
  const kept = step.time.rows + (recurrent ? 1 : 0);
  return {
    membrane: step.neurons(population, "membrane"),
    current: step.neurons(population, "current"),
    membranes: step.history(population, "membranes"),
    currents: step.history(population, "currents"),
    spikes: step.history(population, "spikes", kept),
    membraneError: step.neurons(population, "membrane error"),
    currentError: step.neurons(population, "current error"),
    spikeError: step.history(population, "spike error"),
    error: step.history(population, "drive error"),
  };
}

export const decays = ({ membraneKeeps, currentKeeps }: CurrentLif) => ({
  MEMBRANE_KEEPS: membraneKeeps,
  CURRENT_KEEPS: currentKeeps,
});

const spikeSlots = ({ surrogate, spike }: CurrentLif) => ({
  SURROGATE: `lib/surrogate/${surrogate}`,
  SPIKE: `lib/spike/${spike}`,
});

export const shapeOf = ({ batch, size }: Population) => ({
  constants: { BATCH: batch, SIZE: size },
  threads: batch * Math.ceil(size / 4),
});

/** The neurons live through a span. */
export function advance(
  step: TemporalBuilder,
  population: Population,
  neuron: CurrentLif,
  drive: Field,
  fields: LifFields,
): void {
  const { membrane, current, membranes, currents, spikes } = fields;
  const { constants, threads } = shapeOf(population);
  const state = [membrane, current, drive];
  step.inTime({
    verb: "local",
    kernel: "temporal/current-lif",
    bind: { drive, membrane, current, membranes, currents, spikes },
    writes: [
      { field: membrane, from: step.within([membrane, current], state) },
      { field: current, from: own(current, drive) },
      { field: membranes, from: step.within([membrane, ...step.kept(membranes)], state) },
      { field: currents, from: step.within([current, ...step.kept(currents)], [drive]) },
      { field: spikes, from: step.within([membrane, ...step.kept(spikes)], state) },
    ],
    layer: population.layer,
    slots: spikeSlots(neuron),
    constants: {
      ...{ ...constants, ...decays(neuron), STEEPNESS: neuron.steepness },
      SPIKE_ROWS: spikes.shape[0]!,
    },
    threads,
  });
}

/** Errors go back through a span, from what the loss makes of the spikes to what it makes of the drive. */
export function rewind(
  step: TemporalBuilder,
  population: Population,
  neuron: CurrentLif,
  fields: LifFields,
): void {
  const { membranes, currents, spikeError, membraneError, currentError, error } = fields;
  const { constants, threads } = shapeOf(population);
  const attached = neuron.reset === "attached";
  const behind = [spikeError, membranes, membraneError, ...(attached ? [currents] : [])];
  step.inTime({
    verb: "local",
    kernel: "temporal/current-lif-back",
    bind: { spikeError, membranes, currents, membraneError, currentError, error },
    writes: [
      { field: membraneError, from: own(...behind) },
      { field: currentError, from: step.within([currentError, membranes, membraneError], behind) },
      { field: error, from: step.within([currentError, ...step.kept(error)], behind) },
    ],
    layer: population.layer,
    slots: spikeSlots(neuron),
    constants: {
      ...{ ...constants, ...decays(neuron), STEEPNESS: neuron.steepness },
      ATTACHED: attached ? 1 : 0,
    },
    threads,
  });
}

/** What a raster is made of and what it hears: the shape of its ring, what an engine lets be seen, a submit and its tally. */
import type { Band } from "./raster-bands";

/** Where an engine's spikes lie: a count, and a list of (step, neuron), in words of `events`. */
export interface SpikeList {
  readonly events: GPUBuffer;
  readonly countAt: number;
  readonly listAt: number;
  readonly room: number;
  readonly populations: readonly { readonly name: string; readonly first: number; readonly size: number }[];
}

/** Where the membranes that it watches lie after a submit: [steps, values], in words of `state`. */
export interface WatchList {
  readonly state: GPUBuffer;
  readonly at: number;
  readonly values: number;
}

/** What an engine lets be seen of it. */
export interface Sources {
  readonly spikes: SpikeList;
  readonly watched: WatchList;
  /** How many synapses leave each neuron, in the order of all neurons. */
  readonly reach: Uint32Array;
}

/** A submit: it took the network from step `first` to `last`, which is not in it any more. */
export interface Submit {
  readonly first: number;
  readonly last: number;
  /** Whether a stimulus was on. */
  readonly stimulated: boolean;
  /** Numbers among all of the neurons whose membranes were watched. */
  readonly followed: readonly number[];
}

/** What the host hears of a submit. */
export interface Tally {
  /** Spikes of each population since the raster was made. */
  readonly counts: Uint32Array;
  /** Synapses that the submit's spikes reach. */
  readonly delivered: number;
  /** Of each lane the least and the greatest value in the columns that the submit reached, as the GPU measures them. */
  readonly ranges: readonly (readonly [least: number, most: number])[];
  /** Spikes since the raster was made that the engine's list had no room for. */
  readonly lost: number;
  /** (step, neuron) of the first `sample` neurons of each population, in the order of steps; undefined where they were too many. */
  readonly sampled: readonly (readonly [step: number, neuron: number])[] | undefined;
}

export interface RingShape {
  readonly columns: number;
  readonly rows: number;
  /** Steps of a column. */
  readonly steps: number;
  readonly bands: readonly Band[];
  /** Membranes that are followed, from 1 to 4. */
  readonly followed: number;
  /** Columns that a rate is of. */
  readonly window: number;
  /** ms of a column. */
  readonly ms: number;
}

/** Words of a column. */
export const columnWords = ({ rows, bands, followed }: RingShape) => rows + bands.length + followed + 1;

/** The float that an ordered whole number stands for (shaders/view/column.wgsl). */
export function floatOf(ordered: number): number {
  const bits = ordered >= 0x80000000 ? ordered - 0x80000000 : ~ordered >>> 0;
  return new Float32Array(Uint32Array.of(bits).buffer)[0]!;
}

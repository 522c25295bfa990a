/**
 * What independent programs gave. Ours are C++ in double precision, written from the equations without a line of Engram's, with
 * random numbers of their own, on seeds 2 to 6 (plastic Brunel 2 to 5); their rates and CVs were taken over the same times.
 */
import type { Benchmark } from "./measure";

interface Band {
  /** Spikes/s, least and greatest over the seeds; of each population where they differ, else of all neurons. */
  readonly rates: readonly (readonly [number, number])[];
  readonly cvs?: readonly (readonly [number, number])[];
  /** Brian2 2.5, C++ on one core of such a machine: times real time, and deliveries a second in millions. */
  readonly brian?: { readonly factor: number; readonly events: number };
}

export const bands: Readonly<Record<Benchmark, Band>> = {
  // Seeds 2 to 6, from 0.2 s on: to 10 s, to 2 s, and to 1 s.
  cuba4k: { rates: [[5.33, 5.63]], cvs: [[0.705, 0.728]], brian: { factor: 0.1, events: 17 } },
  cuba20k: { rates: [[2.08, 2.17]], cvs: [[0.489, 0.493]], brian: { factor: 0.49, events: 89 } },
  brunelStdp: { rates: [[28.99, 29.96]], brian: { factor: 12, events: 29 } },
  // At scale 0.1, from 0.5 to 1.5 s.
  microcircuit: {
    rates: [
      [0.44, 0.499],
      [2.039, 2.178],
      [3.917, 4.089],
      [4.958, 5.042],
      [6.276, 7.538],
      [7.701, 7.832],
      [0.812, 0.926],
      [6.898, 7.058],
    ],
    cvs: [
      [0.404, 0.518],
      [0.511, 0.571],
      [0.567, 0.582],
      [0.596, 0.612],
      [0.606, 0.637],
      [0.602, 0.662],
      [0.476, 0.522],
      [0.584, 0.624],
    ],
  },
};

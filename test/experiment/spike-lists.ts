/** Lists of spikes for tests of their statistics. */
import type { Spikes } from "../../src/experiment/spikes";
import { unit } from "../../src/gpu/random";

/** From rows [step, neuron]. */
export function spikesOf(rows: readonly (readonly [number, number])[], steps: number, dt: number): Spikes {
  return {
    times: Uint32Array.from(rows, ([step]) => step),
    neurons: Uint32Array.from(rows, ([, neuron]) => neuron),
    steps,
    dt,
  };
}

// Neuron 0 fires in steps 0, 10, 20, 30; 1 in 5, 6, 9; 2 in 30; 3 never. 40 steps of .5 ms: 20 ms.
export const four = spikesOf(
  [
    [0, 0],
    [5, 1],
    [6, 1],
    [9, 1],
    [10, 0],
    [20, 0],
    [30, 0],
    [30, 2],
  ],
  40,
  0.5,
);

/** Each of `size` neurons fires in each step with the same probability. */
export function poisson(size: number, steps: number, probability: number, seed: number): Spikes {
  const rows: [number, number][] = [];
  for (let step = 0; step < steps; step++)
    for (let i = 0; i < size; i++) if (unit(seed, i, step) < probability) rows.push([step, i]);
  return spikesOf(rows, steps, 1);
}

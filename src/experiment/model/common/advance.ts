/** Advance: runs a simulation to its end in slices, so that progress can be told and a signal heard. */

import type { Simulation } from "../../simulation";
import type { Progress } from "./model";

/** A slice should keep the GPU about so long, ms; the pause between two costs a few. */
const sliceMs = 400;

/**
 * @param ms to simulate, rounded to whole steps
 * @returns wall seconds
 */
export async function advance(
  simulation: Simulation,
  ms: number,
  progress: Progress,
  signal?: AbortSignal,
): Promise<number> {
  const { dt } = simulation.network;
  const first = simulation.step;
  const steps = Math.round(ms / dt);
  const started = performance.now();
  let slice = 64;
  while (simulation.step - first < steps && !signal?.aborted) {
    const begun = performance.now();
    const taken = Math.min(slice, steps - (simulation.step - first));
    await simulation.run(taken * dt, signal);
    const done = simulation.step - first;
    progress(done / steps, `${((done * dt) / 1000).toFixed(2)} s simulated`);
    slice = Math.max(1, Math.round(slice * Math.min(4, sliceMs / (performance.now() - begun))));
  }
  return (performance.now() - started) / 1000;
}

/** A large network, measured: whether it takes the memory that was said before it was made, and the time that was said early on. */
import { estimate } from "../../src/experiment/estimate";
import { Experiment } from "../../src/experiment/experiment";
import type { Device } from "../../src/gpu/device";
import { findTask } from "../../src/task/task";

export interface LargeRun {
  readonly layers: readonly number[];
  readonly batch: number;
  readonly steps: number;
  /** Steps after which the time left was asked for. */
  readonly saidAfter: number;
}

export interface LargeResult extends LargeRun {
  readonly weights: number;
  /** Bytes on the device as said before the start, and as counted once all was made. */
  readonly bytes: { readonly said: number; readonly taken: number };
  /** By how much the process grew, in bytes: a software adapter's buffers are in it, and the host's checkpoint. */
  readonly grown: number;
  /** Seconds to the end, as said and as taken from then on; the test at the end is not among either. */
  readonly seconds: { readonly said: number; readonly spread: number; readonly taken: number };
  /** Seconds until the network was made, and for the first chunk of steps, in which drivers compile. */
  readonly made: number;
  readonly firstLoss: number;
  readonly lastLoss: number;
}

const sinceSeconds = (then: number) => (performance.now() - then) / 1000;

/** Trains backprop on the task digits for a number of steps. */
export async function largeRun(device: Device, run: LargeRun): Promise<LargeResult> {
  const { layers, batch, steps, saidAfter } = run;
  const dataset = await findTask("digits").load({ train: batch * steps, test: 100 });
  const options = { rules: ["backprop"], layers, batch, optimizer: "sgd", values: { rate: 0.005 } };
  const said = estimate(device, dataset, options);
  const before = { bytes: device.allocated, grown: process.memoryUsage().rss };
  const began = performance.now();
  const experiment = await Experiment.create(async () => device, dataset, options);
  const made = sinceSeconds(began);
  const taken = device.allocated - before.bytes;
  const losses: number[] = [];
  let asked: { at: number; seconds: number; spread: number } | undefined;
  let took = 0;
  for await (const event of experiment.run(1)) {
    if (event.type === "diverged") throw new Error(event.message);
    if (event.type !== "steps") continue;
    losses.push(...event.scores.map(({ loss }) => loss));
    if (asked) took = sinceSeconds(asked.at);
    else if (losses.length >= saidAfter) asked = { at: performance.now(), ...experiment.remaining(1)! };
  }
  const grown = process.memoryUsage().rss - before.grown;
  experiment.destroy();
  return {
    ...run,
    ...{ weights: said.weights, bytes: { said: said.bytes, taken }, grown, made },
    seconds: { said: asked!.seconds, spread: asked!.spread, taken: took },
    ...{ firstLoss: losses[0]!, lastLoss: losses.at(-1)! },
  };
}

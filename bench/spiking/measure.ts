/** Spiking networks, measured as other simulators are: by rates, wall time against simulated time, and deliveries a second. */

import { model as brunelStdp } from "../../src/experiment/model/brunel-stdp";
import { storeWhatFits } from "../../src/experiment/model/common/fit";
import type { RunFigures } from "../../src/experiment/model/common/network-model";
import { model as cuba4k } from "../../src/experiment/model/cuba-4k";
import { model as cuba20k } from "../../src/experiment/model/cuba-20k";
import { model as microcircuit } from "../../src/experiment/model/microcircuit";
import { modelOptions } from "../../src/experiment/models";
import { Simulation } from "../../src/experiment/simulation";
import { type Device, TooLargeError } from "../../src/gpu/device";
import type { Profile } from "../../src/gpu/profiler";

const benchmarks = { cuba4k, cuba20k, brunelStdp, microcircuit };
export type Benchmark = keyof typeof benchmarks;

export interface Run extends RunFigures {
  readonly title: string;
  readonly benchmark: Benchmark;
}

/** A run from its start, or the sentence with which the adapter refused it. */
export async function run(
  device: Device,
  benchmark: Benchmark,
  seconds: number,
  scale = benchmarks[benchmark].scale!.default,
): Promise<Run | string> {
  const model = benchmarks[benchmark];
  try {
    const { json } = await model.run(device, modelOptions(model, { seconds, scale }), () => {});
    const size = scale === 1 ? "" : `, scale ${scale}`;
    return { ...(json as unknown as RunFigures), benchmark, title: `${model.name}${size}` };
  } catch (error) {
    if (error instanceof TooLargeError) return error.message;
    throw error;
  }
}

/** Its kernels, each timed by itself once the network is under way. */
export async function kernelTimes(device: Device, benchmark: Benchmark, warmMs: number): Promise<Profile> {
  const model = benchmarks[benchmark];
  const { network } = storeWhatFits(device, model.network(modelOptions(model, {})));
  const simulation = await Simulation.create(device, network, { record: [] });
  try {
    await simulation.run(warmMs);
    return await simulation.profile({ rounds: 3 });
  } finally {
    await device.settled();
    simulation.destroy();
  }
}

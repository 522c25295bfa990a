/** One synapse among 80,000 finds what brings a reward seconds later: Izhikevich 2007. */
import type { Device } from "../../gpu/device";
import { writeNpy } from "../npy";
import type { Model, ModelOptions, ModelResult, Progress } from "./common/model";
import { Course, type Second } from "./distal-reward/course";
import { type DistalSize, distalNumbers } from "./distal-reward/network";

/** Seconds of a submit. */
const atOnce = 5;

/** Spikes/s of one neuron, over all seconds. */
function rate(seconds: readonly Second[], spikes: (second: Second) => number, neurons: number): number {
  return seconds.reduce((sum, second) => sum + spikes(second), 0) / (neurons * seconds.length || 1);
}

async function run(
  device: Device,
  { seconds, scale, seed, signal }: ModelOptions,
  progress: Progress,
): Promise<ModelResult> {
  const { synapses, most } = distalNumbers;
  const size: DistalSize = {
    excitatory: Math.round(distalNumbers.excitatory * scale),
    inhibitory: Math.round(distalNumbers.inhibitory * scale),
    synapses,
    seed,
  };
  const { excitatory, inhibitory } = size;
  progress(0, "compiling");
  const course = await Course.create(device, size, atOnce);
  try {
    const started = performance.now();
    const past: Second[] = [];
    while (course.time < seconds && !signal?.aborted) {
      past.push(...(await course.run(Math.min(atOnce, Math.ceil(seconds - course.time)))));
      const { time, chosen } = past.at(-1)!;
      progress(time / seconds, `${time} s, the rewarded synapse at ${chosen.toFixed(2)}`);
    }
    const wallSeconds = (performance.now() - started) / 1000;
    const reached = past.find(({ chosen }) => chosen >= most)?.time ?? null;
    const last = past.at(-1);
    const spikes = past.reduce((sum, one) => sum + one.excitatorySpikes + one.inhibitorySpikes, 0);
    const events = spikes * synapses;
    const rates = {
      excitatory: rate(past, (one) => one.excitatorySpikes, excitatory),
      inhibitory: rate(past, (one) => one.inhibitorySpikes, inhibitory),
    };
    const cvs = await course.readCvs();
    const told = (cv: number | null) => (cv === null ? "unknown" : cv.toFixed(2));
    const meanAtReached = past.find(({ time }) => time === reached)?.mean ?? null;
    const tenths = past.filter(({ time }) => time % Math.max(1, Math.ceil(seconds / 10)) === 0);
    return {
      json: {
        ...{ model: "distal-reward", scale, seed, reached, meanAtReached },
        chosen: last?.chosen ?? null,
        mean: last?.mean ?? null,
        rewards: last?.rewards ?? 0,
        course: past.map(({ time, chosen, mean, rewards }) => ({ time, chosen, mean, rewards })),
        neurons: excitatory + inhibitory,
        synapses: (excitatory + inhibitory) * synapses,
        simulatedSeconds: course.time,
        wallSeconds,
        realTimeFactor: wallSeconds / course.time,
        spikes,
        synapticEvents: events,
        synapticEventsPerSecond: events / wallSeconds,
        rates,
        cvs,
        adapter: device.facts.name,
      },
      lines: [
        `distal-reward, seed ${seed}, on ${device.facts.name}: ${excitatory} excitatory and ${inhibitory} inhibitory neurons, ${synapses} synapses each.`,
        {
          rows: [
            ["time (s)", "rewarded synapse", "mean of all", "rewards"],
            ...tenths.map(({ time, chosen, mean, rewards }) => [
              `${time}`,
              chosen.toFixed(3),
              mean.toFixed(4),
              `${rewards}`,
            ]),
          ],
          numeric: [0, 1, 2, 3],
        },
        `${reached === null ? `The rewarded synapse has not reached ${most} yet` : `The rewarded synapse reached ${most} after ${reached} s`}; an independent run of 8 seeds took 867 to 2503 s, with means of 0.72 to 0.85.`,
        `Rates: ${rates.excitatory.toFixed(2)} and ${rates.inhibitory.toFixed(2)} spikes/s; CVs of the intervals: ${told(cvs.excitatory)} and ${told(cvs.inhibitory)}. ${course.time} s simulated in ${wallSeconds.toFixed(1)} s.`,
      ],
      files: {
        "weights-learned.npy": writeNpy({
          shape: [excitatory, synapses],
          data: await course.readWeights(),
        }),
      },
    };
  } finally {
    course.destroy();
  }
}

export const model: Model = {
  name: "distal-reward",
  about: "one synapse among 80,000 finds what brings a reward seconds later",
  source: "Izhikevich 2007, figure 1",
  shows:
    "Eligibility remembers which neurons fired one after the other, and dopamine strengthens what remembers.",
  seconds: 600,
  scale: { default: 1, min: 0.15, max: 1 },
  run,
};

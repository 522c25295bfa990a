/** Measured spiking networks as Markdown. */
import { populations } from "../../src/experiment/model/common/microcircuit";
import type { Profile } from "../../src/gpu/profiler";
import { tableOf } from "../report";
import { bands } from "./bands";
import type { Run } from "./measure";

const grouped = (count: number) => Math.round(count).toLocaleString("en-US");
const millions = (count: number) => (count / 1e6).toFixed(count < 1e7 ? 2 : 1);
const factor = (value: number) => value.toFixed(value < 1 ? 3 : value < 10 ? 2 : 1);
const range = ([low, high]: readonly [number, number]) => `${low}–${high}`;

/** Of all neurons, spikes/s. */
function rateOf({ populations: parts, neurons }: Run): number {
  return parts.reduce((sum, one) => sum + one.rate * one.neurons, 0) / neurons;
}

function told(results: readonly (Run | string)[]): { runs: Run[]; refused: string[] } {
  return {
    runs: results.filter((one) => typeof one !== "string"),
    refused: results.filter((one) => typeof one === "string").map((sentence) => `Refused: ${sentence}`),
  };
}

export const networkLegend =
  "Seed 1. Real time is wall time over simulated time, without building; deliveries are a spike's arrivals at synapses, backgrounds left out. Brian2 2.5 compiled to C++ ran on one core of such a machine, idle. Independent runs are double-precision programs of the same equations on several seeds (bench/spiking/bands.ts): least and greatest, for runs of full length. Where the load average is above the number of cores, other work ran beside it: rates stand, speeds are too low.";

export const kernelLegend =
  "Each kernel timed by itself, again and again; a call takes as many steps as the shortest delay allows, and one where synapses are plastic.";

/** Speed beside Brian2's, and rates beside the bands of independent runs. */
export function networkTable(results: readonly (Run | string)[]): string {
  const head = [
    ...["network", "neurons", "synapses", "s simulated", "s wall", "× real time", "Brian2"],
    ...["million deliveries/s", "Brian2", "spikes/s", "independent runs", "ISI CV", "independent runs"],
  ];
  const { runs, refused } = told(results);
  const rows = runs.map((run) => {
    const { brian, rates, cvs } = bands[run.benchmark];
    const [excitatory] = run.populations;
    return [
      run.title,
      grouped(run.neurons),
      `${grouped(run.synapses)}${run.procedural.length > 0 ? ", procedural" : ""}`,
      run.simulatedSeconds.toFixed(2),
      run.wallSeconds.toFixed(2),
      `**${factor(run.realTimeFactor)}**`,
      brian ? String(brian.factor) : "–",
      millions(run.synapticEventsPerSecond),
      brian ? String(brian.events) : "–",
      rateOf(run).toFixed(2),
      rates.length === 1 ? range(rates[0]!) : "below",
      rates.length > 1 ? "below" : excitatory!.cv === null ? "–" : excitatory!.cv.toFixed(3),
      rates.length > 1 ? "below" : cvs ? range(cvs[0]!) : "–",
    ];
  });
  return [tableOf(head, rows), ...refused].join("\n\n");
}

/** The microcircuit's populations beside the independent runs'. */
export function populationTable({ populations: parts }: Run): string {
  const rows = parts.map(({ name, rate, cv }, k) => [
    name,
    rate.toFixed(3),
    range(bands.microcircuit.rates[k]!),
    cv === null ? "–" : cv.toFixed(3),
    range(bands.microcircuit.cvs![k]!),
  ]);
  if (parts.some(({ name }, k) => name !== populations[k])) throw new Error("Populations are out of order.");
  return tableOf(["population", "spikes/s", "independent runs", "ISI CV", "independent runs"], rows);
}

/** The cost of a step as a network grows. */
export function growthTable(results: readonly (Run | string)[]): string {
  const head = [
    ...["neurons", "synapses", "bytes", "s to build", "s simulated", "× real time"],
    ...["µs a step", "ns a neuron and step", "million deliveries/s", "spikes/s"],
  ];
  const { runs, refused } = told(results);
  const rows = runs.map((run) => {
    const step = (1e6 * run.wallSeconds) / (run.simulatedSeconds / (run.dt / 1000));
    return [
      grouped(run.neurons),
      `${grouped(run.synapses)}${run.procedural.length > 0 ? ", procedural" : ", stored"}`,
      `${(run.bytes / 2 ** 20).toFixed(1)} MiB`,
      run.buildSeconds.toFixed(1),
      run.simulatedSeconds.toFixed(2),
      `**${factor(run.realTimeFactor)}**`,
      grouped(step),
      ((1000 * step) / run.neurons).toFixed(1),
      millions(run.synapticEventsPerSecond),
      rateOf(run).toFixed(2),
    ];
  });
  return [tableOf(head, rows), ...refused].join("\n\n");
}

/** Each kernel's time a step, and its share. */
export function kernelTable(results: readonly (readonly [string, Profile])[]): string {
  const head = ["network", "kernel", "µs a call", "least", "calls of 1,024 steps", "share"];
  const rows = results.flatMap(([name, { rows: kernels }]) =>
    kernels.map(({ shaders, ms, least, calls, share }) => [
      name,
      shaders.join(" + "),
      (1000 * ms).toFixed(0),
      (1000 * least).toFixed(0),
      String(calls),
      `${(100 * share).toFixed(0)} %`,
    ]),
  );
  return tableOf(head, rows);
}

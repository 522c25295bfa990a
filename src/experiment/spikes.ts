/**
 * Recorded spikes, one list a population, and how often its neurons fire. Intervals, correlations and histograms stand
 * in the files beside (spikes-intervals, spikes-correlation, spikes-histogram).
 *
 * A spike in step s is at s · dt, as src/net/spiking/model.ts counts.
 */
import { readNpy, writeNpy } from "./npy";

/** The spikes of one population, sorted by step, then by neuron: spike k is that of `neurons[k]` in step `times[k]`. */
export interface Spikes {
  readonly times: Uint32Array;
  /** Numbers within the population. */
  readonly neurons: Uint32Array;
  /** How many steps were recorded, silent ones too. */
  readonly steps: number;
  /** ms. */
  readonly dt: number;
}

/** How long was recorded, in s. */
export const secondsOf = ({ steps, dt }: Spikes) => (steps * dt) / 1000;

/** @throws the first thing in which the list is no recording of `size` neurons, as a sentence */
export function checkSpikes(
  { times, neurons, steps, dt }: Spikes,
  size: number,
  name = "the recording",
): void {
  const wrong = (what: string) => new Error(`${name} is not a sound list of spikes: ${what}.`);
  if (!(dt > 0 && Number.isFinite(dt))) throw wrong(`its step lasts ${dt} ms`);
  if (!(Number.isSafeInteger(steps) && steps > 0)) throw wrong(`it covers ${steps} steps`);
  if (times.length !== neurons.length)
    throw wrong(`it has ${times.length} steps, but ${neurons.length} neurons`);
  for (let k = 0; k < times.length; k++) {
    const [step, neuron] = [times[k]!, neurons[k]!];
    if (step >= steps) throw wrong(`spike ${k} is in step ${step} of ${steps}`);
    if (neuron >= size) throw wrong(`spike ${k} is neuron ${neuron}'s of ${size}`);
    if (k === 0 || times[k - 1]! < step) continue;
    if (times[k - 1]! > step || neurons[k - 1]! > neuron)
      throw wrong(`spike ${k} is out of order; sort by step, then by neuron`);
    if (neurons[k - 1]! === neuron) throw wrong(`neuron ${neuron} fires twice in step ${step}`);
  }
}

/** The place of the first spike in `step` or later. */
function firstFrom(times: Uint32Array, step: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The part of a recording from step `from` up to, not including, step `to`, counted anew from 0: statistics are taken
 * after the transient.
 * @throws when that is not a part of the recording
 */
export function between(spikes: Spikes, from: number, to = spikes.steps): Spikes {
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= spikes.steps))
    throw new Error(`Steps ${from} to ${to} are no part of a recording of ${spikes.steps} steps.`);
  const [first, end] = [firstFrom(spikes.times, from), firstFrom(spikes.times, to)];
  return {
    times: spikes.times.slice(first, end).map((step) => step - from),
    neurons: spikes.neurons.slice(first, end),
    steps: to - from,
    dt: spikes.dt,
  };
}

/** How often each neuron fired. */
export function spikeCounts({ neurons }: Spikes, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (const neuron of neurons) counts[neuron]!++;
  return counts;
}

/** The mean over the population, silent neurons too, in spikes/s. */
export function meanRate(spikes: Spikes, size: number): number {
  return spikes.times.length / size / secondsOf(spikes);
}

/** Each neuron's rate, [size], in spikes/s. */
export function neuronRates(spikes: Spikes, size: number): Float64Array {
  const seconds = secondsOf(spikes);
  return Float64Array.from(spikeCounts(spikes, size), (count) => count / seconds);
}

/**
 * How many steps a bin of so many ms takes, and how many whole bins a recording has; what is left at its end is dropped.
 * @throws when a bin is no whole number of steps, or longer than the recording
 */
export function binning({ steps, dt }: Spikes, ms: number): { width: number; bins: number } {
  const width = Math.round(ms / dt);
  if (!(width >= 1 && Math.abs(width * dt - ms) <= 1e-6 * ms))
    throw new Error(`A bin of ${ms} ms is no whole number of steps of ${dt} ms; give a multiple.`);
  const bins = Math.floor(steps / width);
  if (bins === 0)
    throw new Error(`A bin of ${ms} ms is longer than the recording, which lasts ${steps * dt} ms.`);
  return { width, bins };
}

/** The population's rate over time: for each bin the mean over the neurons, in spikes/s. */
export function populationRate(spikes: Spikes, size: number, binMs = 5): Float64Array {
  const { width, bins } = binning(spikes, binMs);
  const rates = new Float64Array(bins);
  for (const step of spikes.times) {
    const bin = Math.floor(step / width);
    if (bin < bins) rates[bin]!++;
  }
  return rates.map((count) => count / size / ((width * spikes.dt) / 1000));
}

/** The .npy file of a population's spikes: a u4 array [n, 2] whose rows are step and neuron. */
export function writeSpikes({ times, neurons }: Spikes): Uint8Array<ArrayBuffer> {
  const data = new Uint32Array(2 * times.length);
  for (let k = 0; k < times.length; k++) {
    data[2 * k] = times[k]!;
    data[2 * k + 1] = neurons[k]!;
  }
  return writeNpy({ shape: [times.length, 2], data });
}

/**
 * Reads spikes back, believing nothing. The file does not say how long was recorded, nor the step, nor of how many.
 * @throws one sentence that says what is wrong with the file
 */
export function readSpikes(
  file: Uint8Array,
  { steps, dt, size }: { steps: number; dt: number; size: number },
  name = "the spikes' file",
): Spikes {
  const { shape, data } = readNpy(file, name);
  if (!(data instanceof Uint32Array) || shape.length !== 2 || shape[1] !== 2)
    throw new Error(
      `${name} holds no spikes: expected u4 values of shape [n, 2], found shape [${shape.join(", ")}] of ${data.BYTES_PER_ELEMENT}-byte values.`,
    );
  const spikes = {
    times: data.filter((_, i) => i % 2 === 0),
    neurons: data.filter((_, i) => i % 2 === 1),
    steps,
    dt,
  };
  checkSpikes(spikes, size, name);
  return spikes;
}

/**
 * Intervals between a neuron's successive spikes (ISI), and how irregular they are: the coefficient of variation,
 * standard deviation over mean, is 0 for a clock and 1 for a Poisson process (Softky & Koch 1993).
 */
import { type Spikes, spikeCounts } from "./spikes";
import { type Histogram, histogram } from "./spikes-histogram";

/** Calls `visit` with each interval, in steps, in the order in which the intervals end. */
function eachInterval(
  { times, neurons }: Spikes,
  size: number,
  visit: (neuron: number, steps: number) => void,
) {
  const last = new Float64Array(size).fill(-1);
  for (let k = 0; k < times.length; k++) {
    const [step, neuron] = [times[k]!, neurons[k]!];
    if (last[neuron]! >= 0) visit(neuron, step - last[neuron]!);
    last[neuron] = step;
  }
}

/**
 * Each neuron's ISI CV, [size]; NaN where a neuron fired fewer than 3 times, as one interval says nothing of its spread.
 * The deviation is that of the intervals at hand (divided by their number n, not n − 1).
 */
export function neuronCvs(spikes: Spikes, size: number): Float64Array {
  const intervals = spikeCounts(spikes, size).map((count) => Math.max(count - 1, 0));
  const means = new Float64Array(size);
  eachInterval(spikes, size, (neuron, steps) => {
    means[neuron]! += steps / intervals[neuron]!;
  });
  const variances = new Float64Array(size);
  eachInterval(spikes, size, (neuron, steps) => {
    variances[neuron]! += (steps - means[neuron]!) ** 2 / intervals[neuron]!;
  });
  return variances.map((variance, i) => (intervals[i]! < 2 ? Number.NaN : Math.sqrt(variance) / means[i]!));
}

/** The mean ISI CV over the `neurons` that fired at least 3 times; undefined where none did. */
export function meanCv(spikes: Spikes, size: number): { mean: number | undefined; neurons: number } {
  const cvs = neuronCvs(spikes, size).filter((cv) => !Number.isNaN(cv));
  return {
    mean: cvs.length > 0 ? cvs.reduce((sum, cv) => sum + cv, 0) / cvs.length : undefined,
    neurons: cvs.length,
  };
}

/** All intervals in ms, ordered by where they end. */
export function intervals(spikes: Spikes, size: number): Float64Array {
  const all: number[] = [];
  eachInterval(spikes, size, (_, steps) => all.push(steps * spikes.dt));
  return Float64Array.from(all);
}

/**
 * The histogram of all neurons' intervals from 0 to `high` ms; longer ones are counted as above. An interval at the
 * border of two bins belongs to the upper one.
 * @param options `high` default 200 ms, `bin` default 5 ms, both whole numbers of steps
 */
export function intervalHistogram(
  spikes: Spikes,
  size: number,
  { high = 200, bin = 5 }: { high?: number; bin?: number } = {},
): Histogram {
  const { dt } = spikes;
  const width = Math.round(bin / dt);
  const bins = Math.round(high / bin);
  if (
    !(
      width >= 1 &&
      Math.abs(width * dt - bin) <= 1e-6 * bin &&
      bins >= 1 &&
      Math.abs(bins * bin - high) <= 1e-6 * high
    )
  )
    throw new Error(
      `Bins of ${bin} ms up to ${high} ms do not fit steps of ${dt} ms; give whole numbers of steps and of bins.`,
    );
  const steps: number[] = [];
  eachInterval(spikes, size, (_, interval) => steps.push(interval));
  return { ...histogram(steps, { low: 0, high: bins * width, bins }), high }; // in steps, so that borders are exact
}

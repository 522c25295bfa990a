/** Synchrony: how much more a population's spikes come together than those of independent neurons, and in what rhythm. */
import { populationRate, type Spikes } from "../../spikes";

/** Spikes of the whole population in each bin. */
function binCounts(spikes: Spikes, binMs: number): Float64Array {
  return populationRate(spikes, 1, binMs).map((rate) => Math.round((rate * binMs) / 1000));
}

const meanOf = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / values.length;

export interface Synchrony {
  /** Standard deviation over mean of the population's spikes in a bin; 0 where none fires. */
  readonly fluctuation: number;
  /** What it would be if neurons fired independently of each other, as Poisson processes: 1 over the root of the mean. */
  readonly independent: number;
}

export function synchrony(spikes: Spikes, binMs: number): Synchrony {
  const counts = binCounts(spikes, binMs);
  const mean = meanOf(counts);
  if (mean === 0) return { fluctuation: 0, independent: 0 };
  const variance = meanOf(counts.map((one) => (one - mean) ** 2));
  return { fluctuation: Math.sqrt(variance) / mean, independent: 1 / Math.sqrt(mean) };
}

export interface Rhythm {
  /** Where the spectrum of the population's activity is strongest. */
  readonly hertz: number;
  /** Of the variance of the counts, what lies within 5 Hz of it. */
  readonly share: number;
}

const nearHertz = 5;

/**
 * The strongest rhythm between `lowest` Hz and half of the bins' rate: the peak of the periodogram, averaged over 10 Hz as a
 * single frequency's estimate is all noise.
 */
export function strongestRhythm(spikes: Spikes, binMs: number, lowest = 10): Rhythm {
  const counts = binCounts(spikes, binMs);
  const mean = meanOf(counts);
  const n = counts.length;
  const spacing = 1000 / (n * binMs);
  const power = Float64Array.from({ length: Math.floor(n / 2) }, (_, k) => {
    if (k === 0) return 0;
    let [real, imaginary] = [0, 0];
    for (let t = 0; t < n; t++) {
      const angle = (2 * Math.PI * ((k * t) % n)) / n;
      real += (counts[t]! - mean) * Math.cos(angle);
      imaginary += (counts[t]! - mean) * Math.sin(angle);
    }
    return real * real + imaginary * imaginary;
  });
  const total = power.reduce((sum, one) => sum + one, 0);
  const reach = Math.floor(nearHertz / spacing);
  let best: Rhythm = { hertz: 0, share: 0 };
  for (let k = Math.ceil(lowest / spacing); k < power.length; k++) {
    let near = 0;
    for (let j = Math.max(1, k - reach); j <= Math.min(power.length - 1, k + reach); j++) near += power[j]!;
    if (total > 0 && near / total > best.share) best = { hertz: k * spacing, share: near / total };
  }
  return best;
}

/**
 * Bootstrap: how sure a ratio of two medians is, from the samples alone (Efron & Tibshirani 1993, "An introduction to the
 * bootstrap", chapter 13: the percentile interval). Both samples are drawn anew from themselves, with replacement, many
 * times; the middle 95 % of the ratios that come out are the interval. Draws are counter-based, so that the same samples
 * give the same interval.
 */
import { keyOf, pcg, streamOf } from "./random";
import { quantile } from "./stopwatch";

export interface RatioInterval {
  /** Median of the second sample over median of the first. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

const stream = streamOf("bootstrap/ratio");

/**
 * The ratio of the medians of two independent samples with its interval.
 * @param before,after at least one value each, all above 0
 * @param options.resamples default 2000
 * @param options.level share of resamples inside the interval; default 0.95
 * @throws when a sample is empty
 */
export function ratioOfMedians(
  before: readonly number[],
  after: readonly number[],
  { seed = 1, resamples = 2000, level = 0.95 } = {},
): RatioInterval {
  if (before.length === 0 || after.length === 0)
    throw new Error(
      `A ratio of medians needs at least one value on both sides, but got ${before.length} and ${after.length}.`,
    );
  const key = keyOf(seed, stream);
  let draws = 0;
  const drawer = (sample: readonly number[]) => {
    const drawn = new Float64Array(sample.length);
    return () => {
      for (let at = 0; at < drawn.length; at++)
        drawn[at] = sample[Math.floor((pcg(draws++ ^ key) / 2 ** 32) * drawn.length)]!;
      return middleOf(drawn.sort());
    };
  };
  const [below, above] = [drawer(before), drawer(after)];
  const ratios = Array.from({ length: resamples }, () => {
    const divisor = below();
    return above() / divisor;
  });
  return {
    ratio: quantile(after, 0.5) / quantile(before, 0.5),
    low: quantile(ratios, (1 - level) / 2),
    high: quantile(ratios, (1 + level) / 2),
  };
}

/** The median of sorted values: as `quantile` has it, without another sort. */
const middleOf = (sorted: Float64Array): number =>
  (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;

/** Whether the samples show a difference at all: not while the interval holds 1. */
export const isReal = ({ low, high }: RatioInterval): boolean => low > 1 || high < 1;

/** Histograms with bins of equal width: of weights, of intervals between spikes. */

export interface Histogram {
  readonly low: number;
  readonly high: number;
  /** How many values fell in each of the equal bins between; a value on a border is in the upper bin, `high` in the last. */
  readonly counts: Uint32Array;
  /** How many were lower, and higher. */
  readonly below: number;
  readonly above: number;
}

/**
 * @param options the range, by default from the least to the greatest value, and the number of bins, default 50
 * @throws when a value is not finite (its place is named), or the range or number of bins is none
 */
export function histogram(
  values: ArrayLike<number>,
  { low, high, bins = 50 }: { low?: number; high?: number; bins?: number } = {},
): Histogram {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value))
      throw new Error(`Value ${i} of ${values.length} is ${value}; a histogram needs numbers.`);
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const from = low ?? (values.length > 0 ? least : 0);
  const to = high ?? (values.length > 0 ? greatest : 0);
  if (!(Number.isFinite(from) && Number.isFinite(to) && from <= to))
    throw new Error(`A histogram from ${from} to ${to} is empty; give low, then high.`);
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new Error(`A histogram needs 1 bin or more, not ${bins}.`);
  const counts = new Uint32Array(bins);
  let [below, above] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < from) below++;
    else if (value > to) above++;
    else counts[to > from ? Math.min(Math.floor(((value - from) / (to - from)) * bins), bins - 1) : 0]!++;
  }
  return { low: from, high: to, counts, below, above };
}

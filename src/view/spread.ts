/** Spread: several curves of one thing, such as a run from several seeds, as their mean and the lowest and highest of them. */

export interface Spread {
  readonly mean: (number | null)[];
  readonly low: (number | null)[];
  readonly high: (number | null)[];
}

type Values = readonly (number | null | undefined)[];

/**
 * Where only some of the curves have a value there is none: the mean would leap as the others come to the same place.
 * @param curves values by place; a curve that is shorter has none there
 */
export function spreadOf(curves: readonly Values[]): Spread {
  const length = Math.max(0, ...curves.map((curve) => curve.length));
  const over = (sum: (values: readonly number[]) => number) =>
    Array.from({ length }, (_, index) => {
      const values = curves.flatMap((curve) => curve[index] ?? []);
      return curves.length > 0 && values.length === curves.length ? sum(values) : null;
    });
  return {
    mean: over((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    low: over((values) => Math.min(...values)),
    high: over((values) => Math.max(...values)),
  };
}

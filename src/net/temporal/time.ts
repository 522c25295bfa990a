/**
 * Time: how the steps of a trial are cut up. A record works on `span` steps at once where a neuron needs nothing of others
 * meanwhile; histories keep `rows` steps side by side, a segment, so that gradients through time need not keep them all.
 * Neither changes a bit of any result: with a span of 1 the schedule tells every step apart, and the audit reads it so.
 */

export interface Time {
  /** T, the steps of a trial. */
  readonly steps: number;
  /** Steps that histories keep: T, or a divisor of it where segments of time are computed again on the way back. */
  readonly rows: number;
  /** Steps that a record takes: a divisor of `rows`. */
  readonly span: number;
}

/** @throws one sentence where time can't be cut up so */
export function checkTime({ steps, rows, span }: Time): void {
  for (const [what, value] of Object.entries({ steps, rows, span }))
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`Time needs a whole number of ${what}, 1 or more, but got ${value}.`);
  if (steps % rows !== 0)
    throw new Error(`Segments must divide the ${steps} steps evenly, but have ${rows}; choose a divisor.`);
  if (rows % span !== 0)
    throw new Error(
      `Spans must divide the ${rows} steps of a segment evenly, but have ${span}; choose a divisor.`,
    );
}

/** Where each segment begins, in the order of time. */
export function segmentStarts({ steps, rows }: Time): number[] {
  return Array.from({ length: steps / rows }, (_, segment) => segment * rows);
}

/** What is left of a value after a step of `dtMs` that decays with time constant `tauMs`: exp(−dt / τ). */
export function keeps(tauMs: number, dtMs: number): number {
  return Math.exp(-dtMs / tauMs);
}

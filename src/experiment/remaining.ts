/**
 * Remaining: how long the rest of a run will take, from how long its steps have taken so far.
 *
 * The typical step is the median over the last chunks of steps, each counted as often as it had steps: one slow chunk, such
 * as one that waited for another program, changes nothing. The first chunk is left out as soon as there is another, since
 * drivers finish their kernels then.
 */

/** Time left, in seconds. */
export interface Remaining {
  readonly seconds: number;
  /** How far off that may be, as the steps so far differ: half the distance between their quartiles. */
  readonly spread: number;
}

/** Steps that were done together, and how long they took. */
interface Chunk {
  readonly steps: number;
  readonly msPerStep: number;
}

/** Chunks that count as recent. */
const recent = 32;

export class StepTimes {
  private first: Chunk | undefined;
  private chunks: Chunk[] = [];

  /**
   * Tells how long the steps took that were done since the last call.
   * @param steps at least 1
   * @param ms in milliseconds, at least 0; what is not so is passed over
   */
  took(steps: number, ms: number): void {
    if (!(steps >= 1 && ms >= 0 && Number.isFinite(ms))) return;
    const chunk = { steps, msPerStep: ms / steps };
    if (!this.first) this.first = chunk;
    else this.chunks = [...this.chunks.slice(1 - recent), chunk];
  }

  /**
   * How long the steps from `steps` (done) to `total` will take; undefined before any was timed. After the first chunk alone
   * the spread is as large as the time itself.
   */
  remaining(steps: number, total: number): Remaining | undefined {
    const left = Math.max(0, total - steps) / 1000;
    if (this.chunks.length === 0) {
      if (!this.first) return undefined;
      const seconds = left * this.first.msPerStep;
      return { seconds, spread: seconds };
    }
    const [low, middle, high] = quartiles(this.chunks);
    return { seconds: left * middle, spread: (left * (high - low)) / 2 };
  }
}

/** The step times below which a quarter, half and three quarters of the steps lie. */
function quartiles(chunks: readonly Chunk[]): [low: number, middle: number, high: number] {
  const sorted = [...chunks].sort((a, b) => a.msPerStep - b.msPerStep);
  const all = sorted.reduce((sum, { steps }) => sum + steps, 0);
  const at = (share: number): number => {
    let passed = 0;
    for (const { steps, msPerStep } of sorted) {
      passed += steps;
      if (passed >= share * all) return msPerStep;
    }
    return sorted.at(-1)!.msPerStep;
  };
  return [at(0.25), at(0.5), at(0.75)];
}

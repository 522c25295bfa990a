/** The courses of earlier batches that stay in the picture: those of the first, second, fourth, eighth … batch. */
export class Trail {
  private readonly kept: { readonly batch: number; readonly course: readonly number[] }[] = [];

  /** @param most how many there is room for */
  constructor(readonly most: number) {}

  get courses(): readonly (readonly number[])[] {
    return this.kept.map(({ course }) => course);
  }

  /** Keeps it if it is the first since the number of batches has doubled. @param batch counted from 1 */
  add(batch: number, course: readonly number[]): void {
    const due = 2 * Math.floor(this.kept.at(-1)?.batch ?? 0) || 1;
    if (batch >= due && this.kept.length < this.most) this.kept.push({ batch: powerBelow(batch), course });
  }
}

/** The greatest power of two that is not above `count`. */
const powerBelow = (count: number) => 2 ** Math.floor(Math.log2(count));

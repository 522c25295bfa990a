/**
 * Rewarder: gives a reward some time after the post neuron has fired soon after the pre neuron, and does not say for what.
 * It hears both neurons' spikes in turn, in ms.
 */
export class Rewarder {
  private lastPre = Number.NEGATIVE_INFINITY;
  private readonly due: number[] = [];
  /** When pairs came that earned one. */
  readonly earned: number[] = [];

  /** @param within ms between the two spikes, at most */
  constructor(private readonly within: number) {}

  /** @param delay from now on, ms */
  hear(pre: readonly number[], post: readonly number[], delay: number): void {
    const events = [
      ...post.map((at) => ({ at, isPre: false })),
      ...pre.map((at) => ({ at, isPre: true })),
    ].sort((a, b) => a.at - b.at);
    for (const { at, isPre } of events)
      if (isPre) this.lastPre = at;
      else if (at > this.lastPre && at - this.lastPre <= this.within) {
        this.earned.push(at);
        this.due.push(at + delay);
      }
    this.due.sort((a, b) => a - b);
  }

  /** When the next one comes. */
  get next(): number | undefined {
    return this.due[0];
  }

  /** Takes the rewards that have come due. @returns how many */
  take(now: number): number {
    const count = this.due.filter((at) => at <= now).length;
    this.due.splice(0, count);
    return count;
  }
}

/** Pace: how much of the network's time a turn takes, so that it keeps step with the clock or goes as fast as it can. */

/** ms of the clock that a turn should take, and the most that one may make up for. */
const [turnMs, mostLate] = [50, 80];
/** ms of the network's time that a turn takes at most. */
const most = 500;

export class Pace {
  private last = performance.now();
  private fast = 16;

  /** @param pace how many times as fast as the clock, or "fast" @param go runs the network for so many ms */
  async turn(pace: string, go: (ms: number) => Promise<void>): Promise<void> {
    const began = performance.now();
    const passed = Math.min(mostLate, began - this.last);
    this.last = began;
    const ms = pace === "fast" ? this.fast : passed * Number(pace);
    const taken = Math.max(1, Math.round(Math.min(ms, most)));
    await go(taken);
    // What takes longer than it lasts can't keep step: then a turn is as long as one picture may be.
    const cost = (performance.now() - began) / taken;
    this.fast = Math.max(4, Math.min(2 * this.fast, most, turnMs / cost));
  }
}

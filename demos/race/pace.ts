/** Pace: holds a race to a number of steps a second, and says how much to submit at once for that. */

/** What one submit may take at full speed: short enough that the page stays smooth. */
const fullMs = 28;

export class Pace {
  private perSecond = Number.POSITIVE_INFINITY;
  private due = 0;
  private wake = () => {};

  /** Steps a second of each rule; Infinity for as many as can be. */
  set stepsPerSecond(value: number) {
    this.perSecond = value;
    this.hurry();
  }

  /** A slow race goes step by step, so that it moves evenly. */
  get submitMs(): number {
    if (this.perSecond === Number.POSITIVE_INFINITY) return fullMs;
    return this.perSecond > 50 ? 4 : 0;
  }

  /** Waits as long as `steps` steps should have taken. */
  async wait(steps: number): Promise<void> {
    const now = performance.now();
    this.due = Math.max(this.due, now - 50) + (1000 * steps) / this.perSecond;
    if (this.due <= now) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.due - now);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends a wait under way. */
  hurry(): void {
    this.due = 0;
    this.wake();
  }
}

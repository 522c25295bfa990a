/** Pace: holds a race to a number of steps a second, and says how much to submit at once for that. */

/**
 * What one submit may take at full speed, in ms. On a GPU the page's own drawing waits for it; a software adapter draws
 * aside, but Chrome tells of its work some 15 ms late, so short submits would leave it idle.
 */
const fullMs = { gpu: 28, software: 70 };

export class Pace {
  private perSecond = Number.POSITIVE_INFINITY;
  private due = 0;
  private wake = () => {};
  /** Set once the adapter is known. */
  software = false;

  /** Steps a second of each rule; Infinity for as many as can be. */
  set stepsPerSecond(value: number) {
    this.perSecond = value;
    this.hurry();
  }

  /** A slow race goes step by step, so that it moves evenly. */
  get submitMs(): number {
    if (this.perSecond === Number.POSITIVE_INFINITY) return this.software ? fullMs.software : fullMs.gpu;
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

/** The longest gap between two pictures of late, by which the eye tells whether a page runs smoothly. */
const [recentMs, restMs] = [5000, 1000];

export class Frames {
  private readonly gaps: { readonly at: number; readonly ms: number }[] = [];
  private last: number | undefined;

  /** @param counts whether pictures are due now: gaps while nothing runs say nothing */
  constructor(counts: () => boolean) {
    const frame = (at: number) => {
      const ms = at - (this.last ?? at);
      this.last = counts() && !document.hidden ? at : undefined;
      if (ms > 0) this.gaps.push({ at, ms });
      while (this.gaps.length > 0 && this.gaps[0]!.at < at - recentMs) this.gaps.shift();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** ms, over the last 5 s; undefined before there has been a second of pictures. */
  get longest(): number | undefined {
    const told = this.gaps.reduce((sum, { ms }) => sum + ms, 0) >= restMs;
    return told ? Math.max(...this.gaps.map(({ ms }) => ms)) : undefined;
  }

  forget(): void {
    this.gaps.length = 0;
    this.last = undefined;
  }
}

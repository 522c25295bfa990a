/** Abreast: lets no race run far ahead of the others, so that their curves can be compared at the same number of samples. */

/** How far ahead a race may be, in samples. */
const lead = 1024;

export class Abreast {
  /** Samples that each race under way has seen. */
  private readonly seen = new Map<object, number>();
  private readonly waiting = new Map<object, () => void>();
  private open = false;

  /** While it is free nobody waits: a paused race takes its steps when it is told to. */
  set free(value: boolean) {
    this.open = value;
    this.release();
  }

  /** Lets all go on that wait now, for they can't be asked for anything meanwhile. */
  hurry(): void {
    for (const go of this.waiting.values()) go();
    this.waiting.clear();
  }

  /** A race is under way, at so many samples: the others wait for it from now on. */
  enter(race: object, samples: number): void {
    this.seen.set(race, samples);
  }

  /** Resolves as soon as the race is no longer far ahead, or has left. */
  async wait(race: object, samples: number): Promise<void> {
    this.seen.set(race, samples);
    this.release();
    if (!this.isAhead(race)) return;
    await new Promise<void>((resolve) => this.waiting.set(race, resolve));
  }

  /** Whether a race waits for the others. */
  holds(race: object): boolean {
    return this.waiting.has(race);
  }

  /** A race rests, has failed or has ended: nobody waits for it. */
  leave(race: object): void {
    this.seen.delete(race);
    this.release();
  }

  private isAhead(race: object): boolean {
    const samples = this.seen.get(race);
    return !this.open && samples !== undefined && samples > Math.min(...this.seen.values()) + lead;
  }

  private release(): void {
    for (const [race, go] of this.waiting)
      if (!this.isAhead(race)) {
        this.waiting.delete(race);
        go();
      }
  }
}

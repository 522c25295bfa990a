/**
 * Time left of everything that runs together: from how long all races' samples took lately, by the clock. Races that keep
 * abreast share the adapter in the same proportions all along, so their samples may be added up.
 */
import { type Remaining, StepTimes } from "../../src/experiment/remaining";

/** News of steps comes in bursts: what is timed is at least this long, in ms. */
const least = 1000;

export class TimeLeft {
  private times = new StepTimes();
  private last: { readonly at: number; readonly samples: number } | undefined;

  /**
   * Steps were done.
   * @param samples that all races have seen by now
   * @param now in ms
   */
  stepped(samples: number, now: number): void {
    const before = this.last;
    if (before && now - before.at < least) return;
    if (before && samples > before.samples) this.times.took(samples - before.samples, now - before.at);
    this.last = { at: now, samples };
  }

  /** Nothing runs for a while: that time is no step's. */
  pause(): void {
    this.last = undefined;
  }

  /** Other races run: what the ones before took says nothing. */
  restart(): void {
    this.times = new StepTimes();
    this.last = undefined;
  }

  /** @param samples that all races have seen, and will have seen at the end */
  left(samples: number, total: number): Remaining | undefined {
    return this.times.remaining(samples, total);
  }
}

/** Dopamine: its peak starts at the reward and moves to the cue; a reward left out, unasked or asked for, is missed. */
import { expect } from "vitest";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly trials: number;
  readonly peak: number;
  readonly cue: number;
  readonly due: number;
  readonly atCue: number;
  readonly dip: number | undefined;
  readonly omitted: number;
}

export const dopamine = (visit: Visit): Promise<void> =>
  visit("demos/dopamine/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "dopamine");
    const first = await figure.when("a first trial", ({ trials }) => trials > 0);
    if (first.trials === 1) expect(first.peak).toBe(first.due); // later it is on its way already
    await figure.when("the peak at the cue", ({ peak, cue }) => peak === cue, 90_000);
    const { dip, atCue } = await figure.when("a reward left out", (now) => now.dip !== undefined, 90_000);
    expect(dip).toBeLessThan(-0.8);
    expect(atCue).toBeGreaterThan(0.5);

    await figure.press("omit");
    await figure.when("another, as asked", ({ omitted }) => omitted === 2);
    await figure.key("k");
    await figure.rests();
    await figure.endsWell(consoleErrors);
    await figure.press("reset");
    await figure.when("a new beginning", (now) => now.dip === undefined);
  });

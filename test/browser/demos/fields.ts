/** Receptive fields: weights come towards their length, and the readout makes ever more of them. */
import { expect } from "vitest";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly steps: number;
  readonly accuracy: number;
  readonly settled: number;
  readonly length: number;
}

export const fields = (visit: Visit): Promise<void> =>
  visit("demos/fields/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "fields");
    const start = await figure.when("the first steps", ({ steps }) => steps > 0);
    expect(start.accuracy).toBeLessThan(0.5);
    await figure.when("a better readout", ({ accuracy }) => accuracy > start.accuracy + 0.2, 200_000);
    await figure.when("shorter weights", ({ length }) => length < 0.7 * start.length, 200_000);
    await figure.press("play");
    await figure.rests();
    expect(await figure.state()).toBe("paused");
    await figure.endsWell(consoleErrors);
  });

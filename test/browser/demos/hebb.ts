/** Hebb against Oja: one length explodes, the other comes to 1, and both turn to the cloud's axis. */
import { expect } from "vitest";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly steps: number;
  readonly norms: { readonly hebb: number; readonly oja: number };
  readonly angles: { readonly hebb: number; readonly oja: number };
}

export const hebb = (visit: Visit): Promise<void> =>
  visit("demos/hebb/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "hebb");
    const start = await figure.when("the first steps", ({ steps }) => steps > 0);
    const end = await figure.when("a long way", ({ norms }) => norms.hebb > 1000, 180_000);
    expect(start.norms.hebb).toBeLessThan(2);
    expect(end.norms.oja).toBeGreaterThan(0.97);
    expect(end.norms.oja).toBeLessThan(1.03);
    expect(Math.max(end.angles.hebb, end.angles.oja)).toBeLessThan(2);
    expect(start.angles.oja).toBeGreaterThan(20);
    await figure.key("k");
    await figure.rests();
    await figure.endsWell(consoleErrors);
    await figure.press("reset");
    await figure.when("a new start", ({ steps }) => steps < end.steps);
  });

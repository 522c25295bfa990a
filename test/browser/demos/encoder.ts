/** The encoder: the loss falls until all eight patterns have a code of their own. */
import { expect } from "vitest";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly steps: number;
  readonly loss: number;
  readonly codes: number;
  readonly right: number;
}

export const encoder = (visit: Visit): Promise<void> =>
  visit("demos/encoder/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "encoder");
    const start = await figure.when("the first steps", ({ steps }) => steps > 0);
    const found = ({ codes, right }: Told) => codes === 8 && right === 8;
    const end = await figure.when("eight codes, and eight right answers", found, 180_000);
    expect(start.loss).toBeGreaterThan(0.3);
    expect(end.loss).toBeLessThan(0.15);
    await figure.key("k");
    await figure.rests();
    const bits = await page.$$eval("#encoder-code .encoder-bits", (cells) =>
      cells.map((cell) => cell.textContent),
    );
    expect(new Set(bits).size).toBe(8);
    await figure.endsWell(consoleErrors);

    await figure.press("reset");
    const anew = await figure.when("a new start", ({ steps }) => steps < end.steps);
    expect(anew.loss).toBeGreaterThan(0.1);
  });

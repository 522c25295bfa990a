/** Forward-forward: goodness of true and false images parts; the buttons' keys hold it, step it and start it anew. */
import { expect } from "vitest";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly steps: number;
  readonly layers: readonly {
    readonly positive: number;
    readonly negative: number;
    readonly apart: number;
  }[];
  readonly accuracy: number;
}

const gap = ({ layers }: Told, layer: number) => layers[layer]!.positive - layers[layer]!.negative;

export const goodness = (visit: Visit): Promise<void> =>
  visit("demos/goodness/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "goodness");
    const first = await figure.when("the first turn", () => true);
    expect(first.steps).toBeLessThan(100);
    const parted = (now: Told) => now.layers[0]!.apart > 0.75 && gap(now, 0) > gap(first, 0) + 0.1;
    const later = await figure.when("the first layer to part them", parted, 120_000);
    expect(later.steps).toBeGreaterThan(first.steps);
    const lines = await page.$$eval(".goodness-told", (all) => all.map((line) => line.textContent));
    expect(lines).toHaveLength(8);
    for (const line of lines) expect(line).toMatch(/^“\d”\n\d+\.\d\d · \d+\.\d\d$/);

    await figure.key("k");
    await figure.rests();
    const held = (await figure.told())!.steps;
    await figure.key("s");
    await figure.when("three steps more", ({ steps }) => steps === held + 3);
    await figure.endsWell(consoleErrors);
    await figure.key("r");
    await figure.when("a new start", ({ steps }) => steps < held);
  });

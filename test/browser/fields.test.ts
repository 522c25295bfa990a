/** Receptive fields in a real Chrome: weights come towards their length, and the readout makes ever more of them. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly steps: number;
  readonly accuracy: number;
  readonly settled: number;
  readonly length: number;
}

const told = (page: Page) => page.evaluate(() => (window.engram.fields as unknown as { told?: Told }).told);

it("starts by itself, its readout improves as fields emerge, and Pause holds it", async () => {
  await withPage("demos/fields/", { width: 390, height: 844 }, async (page, consoleErrors) => {
    await figureReady(page, "fields");
    await until("the first steps", async () => ((await told(page))?.steps ?? 0) > 0, 60_000);
    const start = (await told(page))!;
    await until("150 steps", async () => (await told(page))!.steps >= 150, 200_000);
    const later = (await told(page))!;
    expect(start.accuracy).toBeLessThan(0.5);
    expect(later.accuracy).toBeGreaterThan(start.accuracy + 0.2);
    expect(later.length).toBeLessThan(0.7 * start.length);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.click("#fields-play");
    await until(
      "a pause",
      async () =>
        (await page.$eval("#fields", (figure) => (figure as HTMLElement).dataset.state)) === "paused",
      5000,
    );
    expect(consoleErrors).toEqual([]);
  });
}, 400_000);

/** Hebb against Oja in a real Chrome: one length explodes, the other comes to 1, and both turn to the cloud's axis. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly steps: number;
  readonly norms: { readonly hebb: number; readonly oja: number };
  readonly angles: { readonly hebb: number; readonly oja: number };
}

const told = (page: Page) => page.evaluate(() => (window.engram.hebb as unknown as { told?: Told }).told);

it("runs by itself until Hebb's weights are a million long and Oja's rest at 1, on a phone's width", async () => {
  await withPage("demos/hebb/", { width: 390, height: 844 }, async (page, consoleErrors) => {
    await figureReady(page, "hebb");
    await until("the first steps", async () => ((await told(page))?.steps ?? 0) > 0, 60_000);
    const start = (await told(page))!;
    await until("the end", async () => (await told(page))!.norms.hebb > 1e6, 180_000);
    const end = (await told(page))!;
    expect(start.norms.hebb).toBeLessThan(2);
    expect(end.norms.oja).toBeGreaterThan(0.97);
    expect(end.norms.oja).toBeLessThan(1.03);
    expect(Math.max(end.angles.hebb, end.angles.oja)).toBeLessThan(2);
    expect(start.angles.oja).toBeGreaterThan(20);
    await until(
      "a word",
      async () =>
        (await page.$eval("#hebb-status", (line) => line.textContent))!.startsWith("Hebb’s weights are"),
      10_000,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.click("#hebb-reset");
    await until("a new start", async () => (await told(page))!.steps < end.steps, 60_000);
    expect(consoleErrors).toEqual([]);
  });
}, 300_000);

/** The encoder in a real Chrome: the loss falls until all eight patterns have a code of their own. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly steps: number;
  readonly loss: number;
  readonly codes: number;
  readonly right: number;
}

const told = (page: Page) => page.evaluate(() => (window.engram.encoder as unknown as { told: Told }).told);

it("finds eight codes by itself, starts anew on Reset, and fits a phone", async () => {
  await withPage("demos/encoder/", { width: 390, height: 844 }, async (page, consoleErrors) => {
    await figureReady(page, "encoder");
    await until("the first steps", async () => (await told(page)).steps > 0, 30_000);
    const { loss } = await told(page);
    await until("the end", async () => (await told(page)).loss < 0.01, 120_000);
    const end = await told(page);
    expect(loss).toBeGreaterThan(0.3);
    expect(end).toMatchObject({ codes: 8, right: 8 });
    await until(
      "a word",
      async () => (await page.$eval("#encoder-status", (line) => line.textContent))!.startsWith("All eight"),
      5000,
    );
    const bits = await page.$$eval("#encoder-code .bits", (cells) => cells.map((cell) => cell.textContent));
    expect(new Set(bits).size).toBe(8);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

    await page.click("#encoder-reset");
    await until("a new start", async () => (await told(page)).steps < end.steps, 30_000);
    expect((await told(page)).loss).toBeGreaterThan(0.1);
    expect(consoleErrors).toEqual([]);
  });
}, 200_000);

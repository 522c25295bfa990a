/** The perceptron in a real Chrome: mistakes come, the line moves, and both end within the bound. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly shown: number;
  readonly mistakes: number;
  readonly bound: number | undefined;
  readonly solved: boolean;
}

const told = (page: Page) =>
  page.evaluate(() => (window.engram.perceptron as unknown as { told: Told }).told);
const ready = (page: Page) => figureReady(page, "perceptron");
const state = (page: Page) => page.$eval("#perceptron", (figure) => (figure as HTMLElement).dataset.state);

it("makes mistakes by itself, and stops within Novikoff's bound", async () => {
  await withPage("demos/perceptron/", { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await ready(page);
    await until("a mistake", async () => (await told(page)).mistakes > 0, 30_000);
    await until("the end", async () => (await told(page)).solved, 90_000);
    const { mistakes, bound, shown } = await told(page);
    expect(mistakes).toBeLessThanOrEqual(bound!);
    expect(shown).toBeGreaterThanOrEqual(60 + mistakes);
    expect(await state(page)).toBe("done");
    expect(await page.$eval("#perceptron-status", (line) => line.textContent)).toMatch(
      /^Right about all 60 points/,
    );
    expect(consoleErrors).toEqual([]);
  });
}, 150_000);

it("never stops where a point is on the wrong side, holds when told to, and fits a phone", async () => {
  await withPage("demos/perceptron/", { width: 390, height: 844 }, async (page, consoleErrors) => {
    await ready(page);
    await page.$eval("input[value=mixed]", (input) => (input as HTMLInputElement).click());
    await until("no bound", async () => (await told(page)).bound === undefined, 30_000);
    await until("many mistakes", async () => (await told(page)).mistakes > 15, 60_000);
    expect((await told(page)).solved).toBe(false);
    await page.focus("#perceptron");
    await page.keyboard.press("k");
    await until("a pause", async () => (await state(page)) === "paused", 10_000);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const held = (await told(page)).mistakes;
    await page.keyboard.press("s");
    await until("one mistake more", async () => (await told(page)).mistakes === held + 1, 10_000);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(consoleErrors).toEqual([]);
  });
}, 150_000);

/** Forward-forward in a real Chrome: it starts by itself, and goodness of true and false images parts. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly steps: number;
  readonly layers: readonly {
    readonly positive: number;
    readonly negative: number;
    readonly apart: number;
  }[];
  readonly accuracy: number;
}

const told = (page: Page) =>
  page.evaluate(() => (window.engram.goodness as unknown as { told: Told | undefined }).told);
const ready = (page: Page) => figureReady(page, "goodness");
const state = (page: Page) => page.$eval("#goodness", (figure) => (figure as HTMLElement).dataset.state);
const gap = ({ layers }: Told, layer: number) => layers[layer]!.positive - layers[layer]!.negative;

it("parts true from false by itself", async () => {
  await withPage("demos/goodness/", { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await ready(page);
    await until("the first turn", async () => (await told(page)) !== undefined, 60_000);
    const first = (await told(page))!;
    expect(first.steps).toBeLessThan(100);
    await until("the first layer to part them", async () => gap((await told(page))!, 0) > 0.3, 90_000);
    const later = (await told(page))!;
    expect(gap(later, 0)).toBeGreaterThan(gap(first, 0));
    expect(later.layers[0]!.apart).toBeGreaterThan(0.7);
    const lines = await page.$$eval(".pair-goodness", (all) => all.map((line) => line.textContent));
    expect(lines).toHaveLength(8);
    for (const line of lines) expect(line).toMatch(/^“\d”\n\d+\.\d\d · \d+\.\d\d$/);
    expect(consoleErrors).toEqual([]);
  });
}, 180_000);

it("holds, steps and starts anew when told to, and fits a phone", async () => {
  await withPage("demos/goodness/", { width: 390, height: 844 }, async (page, consoleErrors) => {
    await ready(page);
    await until("the first turn", async () => (await told(page)) !== undefined, 60_000);
    await page.focus("#goodness");
    await page.keyboard.press("k");
    await until("a pause", async () => (await state(page)) === "paused", 10_000);
    await new Promise((resolve) => setTimeout(resolve, 800));
    const held = (await told(page))!.steps;
    await page.keyboard.press("s");
    await until("three steps more", async () => (await told(page))!.steps === held + 3, 20_000);
    await page.keyboard.press("r");
    await until(
      "a new start",
      async () => (await told(page))!.steps !== held + 3 || (await state(page)) === "opening",
      30_000,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(consoleErrors).toEqual([]);
  });
}, 180_000);

/** Jets and Sharks in a real Chrome: Art's properties light up, and other questions and cuts are answered. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly asked: string;
  readonly cycles: number;
  readonly settled: boolean;
  readonly movement: number;
  readonly pools: { readonly pool: string; readonly units: { readonly name: string }[] }[];
}

const told = (page: Page) => page.evaluate(() => (window.engram.sharks as unknown as { told: Told }).told);

/** Waits until the units rest after a question, and gives the most active unit of each pool. */
async function answer(page: Page, asked: string): Promise<Record<string, string>> {
  const rests = async () => {
    const now = await told(page);
    return now.settled && now.asked === asked;
  };
  await until(`rest after ${asked}`, rests, 90_000);
  return Object.fromEntries((await told(page)).pools.map(({ pool, units }) => [pool, units[0]!.name]));
}

it("recalls Art by itself, answers properties, and does without what is cut", async () => {
  await withPage("demos/sharks/", { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await figureReady(page, "sharks");
    expect(await answer(page, "Art")).toMatchObject({
      gang: "Jets",
      age: "40s",
      education: "JH",
      marital: "single",
      occupation: "pusher",
    });
    expect(await page.$eval("#sharks-status", (line) => line.textContent)).toMatch(
      /^At rest after \d+ cycles: asked with Art/,
    );

    const choose = (pool: number, name: string) =>
      page.select(`#sharks-questions label:nth-child(${pool}) select`, name);
    await choose(1, "any");
    await choose(2, "Sharks");
    await choose(3, "20s");
    expect((await answer(page, "Sharks, 20s")).name).toBe("Ken");

    // Without Ken the network answers with somebody else.
    await page.click("#sharks-cut");
    await page.$eval('.unit[aria-label^="name Ken,"]', (unit) =>
      unit.dispatchEvent(new MouseEvent("click", { bubbles: true })),
    );
    expect((await answer(page, "Sharks, 20s, without Ken")).name).not.toBe("Ken");
    const label = await page.$eval(".unit.is-cut", (node) => node.getAttribute("aria-label"));
    expect(label).toBe("name Ken, cut off");
    await page.click("#sharks-mend");
    expect((await answer(page, "Sharks, 20s")).name).toBe("Ken");
    expect(consoleErrors).toEqual([]);
  });
}, 240_000);

it("obeys the keyboard, and fits a phone", async () => {
  await withPage("demos/sharks/", { width: 390, height: 844 }, async (page, consoleErrors) => {
    await figureReady(page, "sharks");
    await page.$eval('.unit[tabindex="0"]', (unit) => (unit as SVGElement).focus());
    await page.keyboard.press("ArrowRight"); // from Art to Al
    await page.keyboard.press("Enter");
    await until("two names", async () => (await page.$$(".unit.is-given")).length === 2, 5000);
    await page.keyboard.press("Delete");
    await until("Al is cut", async () => (await page.$$(".unit.is-cut")).length === 1, 5000);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

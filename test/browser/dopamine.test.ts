/** Dopamine in a real Chrome: its peak starts at the reward and moves to the cue; a reward left out is missed. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly trials: number;
  readonly peak: number;
  readonly cue: number;
  readonly due: number;
  readonly atCue: number;
  readonly atReward: number;
  readonly dip: number | undefined;
}

const told = (page: Page) => page.evaluate(() => (window.engram.dopamine as unknown as { told: Told }).told);
const shot = process.env.ENGRAM_SHOTS;

it("moves from the reward to the cue by itself, and dips where a reward is left out", async () => {
  await withPage("demos/dopamine/", { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await figureReady(page, "dopamine");
    await until("a first trial", async () => (await told(page)).trials > 0, 30_000);
    const first = await told(page);
    if (first.trials === 1) expect(first.peak).toBe(first.due); // later it is on its way already
    await until("the peak at the cue", async () => (await told(page)).peak === first.cue, 90_000);
    await until("a reward left out", async () => (await told(page)).dip !== undefined, 90_000);
    const { dip, atCue } = await told(page);
    expect(dip).toBeLessThan(-0.8);
    expect(atCue).toBeGreaterThan(0.5);
    if (shot) await page.screenshot({ path: `${shot}/dopamine-wide.png`, fullPage: true });
    expect(consoleErrors).toEqual([]);
  });
}, 240_000);

it("leaves out a reward when asked, begins anew, and fits a phone", async () => {
  await withPage("demos/dopamine/", { width: 390, height: 844 }, async (page, consoleErrors) => {
    await figureReady(page, "dopamine");
    await until("some trials", async () => (await told(page)).trials > 5, 30_000);
    await page.$eval("#dopamine-omit", (button) => (button as HTMLButtonElement).click());
    await until("a reward left out", async () => (await told(page)).dip !== undefined, 30_000);
    expect((await told(page)).dip).toBeLessThan(0);
    if (shot) await page.screenshot({ path: `${shot}/dopamine-phone.png`, fullPage: true });
    await page.$eval("#dopamine-reset", (button) => (button as HTMLButtonElement).click());
    await until("a new beginning", async () => (await told(page)).dip === undefined, 30_000);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

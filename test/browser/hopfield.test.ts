/** The Hopfield canvas, in a real Chrome: spoilt shapes come back by themselves, and a person draws, stores and overloads. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

const desktop = { width: 1440, height: 900 };

interface Seen {
  readonly state: string;
  readonly stored: number;
  readonly progress: { energy: number[]; overlap: number; nearest: number; settled: boolean } | undefined;
}

const seen = (page: Page) =>
  page.evaluate(() => {
    const { stage, progress, stored } = window.engram.hopfield as unknown as {
      stage: { state: string };
      progress: Seen["progress"];
      stored: number;
    };
    return { state: stage.state, stored, progress } as Seen;
  });

const ready = (page: Page) => figureReady(page, "hopfield");
const press = (page: Page, selector: string) =>
  page.$eval(selector, (button) => (button as HTMLElement).click());

/** Spoils what is on the board and waits until the network rests. */
async function spoilAndSettle(page: Page): Promise<NonNullable<Seen["progress"]>> {
  // A recall may be over before one looks: it is told from the one before by its energies, an array of its own.
  const earlier = await page.evaluateHandle(
    () => (window.engram.hopfield as unknown as { progress: Seen["progress"] }).progress?.energy,
  );
  await press(page, "#hopfield-spoil");
  const rested = () =>
    page.evaluate((before) => {
      const { progress } = window.engram.hopfield as unknown as { progress: Seen["progress"] };
      return progress !== undefined && progress.energy !== before && progress.settled;
    }, earlier);
  await until("rest", rested, 60_000);
  return (await seen(page)).progress!;
}

it("recalls spoilt shapes by itself, while the energy only falls", async () => {
  await withPage("demos/hopfield/", desktop, async (page, consoleErrors) => {
    await ready(page);
    await until("a shape recalled", async () => (await seen(page)).progress?.settled === true, 60_000);
    const { state, stored, progress } = await seen(page);
    expect({ state, stored }).toEqual({ state: "running", stored: 5 });
    const { energy, overlap } = progress!;
    expect(overlap).toBe(1);
    expect(energy.at(-1)!).toBeLessThan(energy[0]! - 10);
    for (const [step, value] of energy.slice(1).entries())
      expect(value).toBeLessThanOrEqual(energy[step]! + 1e-3);
    expect(await page.$eval("#hopfield-figure-overlap", (cell) => cell.textContent)).toMatch(/^1\.00 \(/);
    await until("the next shape", async () => (await seen(page)).progress?.settled === false, 30_000);
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

it("keeps what is drawn, fails when too much is stored, and does not in the modern form", async () => {
  await withPage("demos/hopfield/", desktop, async (page, consoleErrors) => {
    await ready(page);
    await press(page, "#hopfield-forget");
    await press(page, "#hopfield-wipe");
    await page.focus("#hopfield-board");
    for (const key of ["Space", "ArrowRight", "Space", "ArrowDown", "Space"] as const)
      await page.keyboard.press(key);
    const box = (await (await page.$("#hopfield-board"))!.boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 20, box.y + 20, { steps: 20 });
    await page.mouse.up();
    await press(page, "#hopfield-store");
    await until("one pattern", async () => (await seen(page)).stored === 1, 20_000);
    expect((await spoilAndSettle(page)).overlap).toBe(1);

    await press(page, "#hopfield-random");
    await press(page, "#hopfield-random");
    await until("81 patterns", async () => (await seen(page)).stored === 81, 20_000);
    await press(page, "#hopfield-shelf li:nth-child(5) button");
    expect((await spoilAndSettle(page)).overlap).toBeLessThan(0.95);
    expect(await page.$eval("#hopfield-status", (line) => line.textContent)).toMatch(/never stored/);

    await press(page, "input[value=modern]");
    await press(page, "#hopfield-shelf li:nth-child(5) button");
    const { overlap, nearest } = await spoilAndSettle(page);
    expect({ overlap, nearest }).toEqual({ overlap: 1, nearest: 4 });
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

it("fits a phone", async () => {
  await withPage("demos/hopfield/", { width: 390, height: 844 }, async (page, consoleErrors) => {
    await ready(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

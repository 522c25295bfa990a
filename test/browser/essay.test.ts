/**
 * The essay in a real Chrome: its figures sleep until the reader comes near, run while they are looked at, and rest when left;
 * what stands behind a section unfolds; nobody is left out. What each figure shows is held by its demo's own test.
 */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { violations } from "./axe";
import { figureReady, withPage } from "./page";
import { until } from "./race";

const desktop = { width: 1440, height: 900 };
const patience = 90_000;

/** In the order of the page. The pictures of what was measured need no turns. */
const live = [
  ...["followed", "transport", "hebb", "stdp", "digits", "dopamine", "reward"],
  ...["settling", "goodness", "perceptron", "sharks", "hopfield", "spikes"],
] as const;

interface Stage {
  readonly state: string;
  readonly turns: number;
}

const turnsOf = (page: Page, name: string): Promise<Stage | undefined> =>
  page.evaluate(async (id) => {
    const stage = (await (window.engram[id] as { ready: Promise<Stage> } | undefined)?.ready) as
      | Stage
      | undefined;
    return stage && { state: stage.state, turns: stage.turns };
  }, name);

const goTo = (page: Page, id: string) =>
  page.evaluate((name) => document.getElementById(name)!.scrollIntoView({ block: "center" }), id);

it("wakes each figure when it is come near, runs it while it is seen, and lets it rest", async () => {
  await withPage("", desktop, async (page, consoleErrors) => {
    await figureReady(page, "race");
    expect(
      await page.evaluate((names) => names.filter((name) => name in window.engram), [...live].slice(2)),
    ).toEqual([]);
    for (const name of live) {
      await goTo(page, name);
      await until(
        `the figure ${name} awake`,
        () => page.evaluate((id) => id in (window.engram ?? {}), name),
        patience,
      );
      await until(
        `a turn of ${name}`,
        async () => {
          const stage = await turnsOf(page, name);
          expect(stage?.state).not.toBe("failed");
          return (stage?.turns ?? 0) > 0;
        },
        patience,
      );
    }
    await rests(page, "hopfield");
    await showsWhatWasMeasured(page);
    await unfolds(page);
    expect(await violations(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
  });
}, 600_000);

/** Off screen no turn is begun. The one under way may end. */
async function rests(page: Page, name: string): Promise<void> {
  await goTo(page, "backprop-way");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const before = await turnsOf(page, name);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await turnsOf(page, name)).toEqual(before);
}

async function showsWhatWasMeasured(page: Page): Promise<void> {
  await goTo(page, "gap");
  await until("the gap's points", async () => (await page.$$(".gap-point")).length > 8, patience);
  await page.focus(".gap-label");
  expect(await page.$eval("#gap-detail", (line) => line.textContent)).toMatch(/^.+: 9\d\.\d\s%.* It needs: /);
  const first = () => page.$eval(".gap-label", (label) => (label as HTMLElement).dataset.told);
  const before = await first();
  await page.click("#gap-choice input[value=fashion-mnist]");
  await until("the other images' figures", async () => (await first()) !== before, patience);
  await goTo(page, "watts");
  await until("the lines of few examples", async () => (await page.$$(".watts-line")).length > 6, patience);
}

/** The schedule, the audit and the files that really run. */
async function unfolds(page: Page): Promise<void> {
  await page.$eval("[data-rules^=hebb]", (details) => {
    (details as HTMLDetailsElement).open = true;
  });
  await until("six rules", async () => (await page.$$("[data-rules^=hebb] .depth")).length === 6, patience);
  const text = await page.$eval("[data-rules^=hebb]", (details) => details.textContent);
  expect(text).toContain("shaders/rule/oja.wgsl");
  expect(text).toContain("return post * (pre - post * w);");
  expect(await page.$$eval("[data-rules^=hebb] .audit", (tables) => tables.length)).toBe(6);
}

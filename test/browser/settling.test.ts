/** Both settlings in a real Chrome: energies fall within a batch, and over batches; what a person chooses takes effect. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Course {
  readonly layers: readonly (readonly number[])[];
  readonly total: readonly number[];
}

interface Settling {
  readonly energy: Course;
  readonly distance: Course;
}

interface Told {
  readonly steps: number;
  readonly predictive: Settling;
  readonly equilibrium: Settling;
  readonly accuracy: { readonly predictive: number; readonly equilibrium: number };
}

const [free, nudged] = [20, 12];

const told = (page: Page) =>
  page.evaluate(() => (window.engram.settling as unknown as { told: Told | undefined }).told);
const state = (page: Page) => page.$eval("#settling", (figure) => (figure as HTMLElement).dataset.state);
const text = (page: Page, id: string) => page.$eval(`#${id}`, (element) => element.textContent ?? "");

async function choose(page: Page, id: string, value: string): Promise<void> {
  await page.$eval(
    `#${id}`,
    (element, to) => {
      (element as HTMLInputElement).value = to;
      element.dispatchEvent(new Event("input", { bubbles: true }));
    },
    value,
  );
}

/** Waits until a turn that was under way at a pause has ended: none takes this long. */
async function ended(page: Page): Promise<void> {
  let steps = -1;
  const steady = async () => {
    const before = steps;
    steps = (await told(page))!.steps;
    await new Promise((resolve) => setTimeout(resolve, 4000));
    return steps === before;
  };
  await until("the turn's end", steady, 40_000);
}

/** Takes one batch with what is chosen. */
async function step(page: Page): Promise<Told> {
  const { steps } = (await told(page))!;
  await page.focus("#settling");
  await page.keyboard.press("s");
  await until("a batch more", async () => (await told(page))!.steps === steps + 1, 30_000);
  return (await told(page))!;
}

/** How far the energy of predictive coding falls in its first step, as a share of what it was. */
const firstFall = ({ predictive: { energy } }: Told) =>
  (energy.total[0]! - energy.total[1]!) / energy.total[0]!;

/** What the nudge costs: how far the nudged copy stands above free rest at its end. */
const price = ({ equilibrium: { energy } }: Told) => energy.total.at(-1)! - energy.total[free]!;

it("settles, learns, and settles lower by itself; heeds what is chosen, is worked by keys, and fits a phone", async () => {
  await withPage("demos/settling/", { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await figureReady(page, "settling");
    await until("a first batch", async () => (await told(page)) !== undefined, 60_000);
    const first = (await told(page))!;
    const { predictive, equilibrium } = first;
    expect(predictive.energy.total).toHaveLength(21);
    for (const [at, energy] of predictive.energy.total.entries())
      if (at > 0) expect(energy).toBeLessThan(predictive.energy.total[at - 1]!);
    expect(predictive.energy.layers.map((layer) => layer[0])).toEqual([0, 0, predictive.energy.total[0]]);
    expect(predictive.energy.layers[0]!.at(-1)).toBeGreaterThan(0);

    const { energy, distance } = equilibrium;
    expect(energy.total).toHaveLength(free + nudged);
    for (let at = 1; at <= free; at++) expect(energy.total[at]).toBeLessThan(energy.total[at - 1]! + 1e-5); // rounding
    expect(price(first)).toBeGreaterThan(0);
    expect(distance.total[free - 1]).toBeLessThan(distance.total[0]!);
    expect(distance.total[free]).toBeGreaterThan(distance.total[free - 1]!);
    expect(distance.total.at(-1)).toBeLessThan(distance.total[free]!);
    expect(await text(page, "outputs")).toMatch(/Drawn towards “\d”: from \d\.\d\d to \d\.\d\d/);

    await until("learning", async () => (await told(page))!.accuracy.equilibrium > 0.4, 120_000);
    const later = (await told(page))!;
    expect(later.accuracy.predictive).toBeGreaterThan(0.4);
    expect(later.predictive.energy.total.at(-1)).toBeLessThan(0.7 * predictive.energy.total.at(-1)!);
    expect(price(later)).toBeLessThan(price(first));

    await page.setViewport({ width: 390, height: 844 });
    await page.focus("#settling");
    await page.keyboard.press("k");
    await until("a pause", async () => (await state(page)) === "paused", 10_000);
    await ended(page);

    const held = (await told(page))!.steps;
    await page.keyboard.press("s");
    await page.keyboard.press("s"); // the turn that the first began is under way: turns never overlap
    await until("a batch", async () => (await told(page))!.steps > held, 30_000);
    await ended(page);
    expect((await told(page))!.steps).toBe(held + 1);

    const before = await step(page);
    await choose(page, "gamma", "0.05");
    expect(await text(page, "gamma-told")).toBe("0.05");
    await choose(page, "beta", "0.1");
    expect(await text(page, "status")).toMatch(/^That takes effect with the next batch/);
    const slow = await step(page);
    expect(firstFall(slow)).toBeLessThan(0.5 * firstFall(before));
    expect(price(slow)).toBeLessThan(0.5 * price(before));

    await choose(page, "inference", "40");
    await choose(page, "nudging", "positive");
    const long = await step(page);
    expect(long.predictive.energy.total).toHaveLength(41);
    expect(long.steps).toBe(slow.steps + 1); // with all that was learned
    expect(long.predictive.energy.total[0]).toBeLessThan(before.predictive.energy.total[0]! + 0.2);
    expect(long.equilibrium.energy.total).toHaveLength(free + nudged);

    await page.keyboard.press("r");
    await until("a new start", async () => (await told(page))!.steps < long.steps, 60_000);
    expect((await told(page))!.predictive.energy.total).toHaveLength(41);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(consoleErrors).toEqual([]);
  });
}, 240_000);

/** Pairing spikes in a real Chrome: what was measured lies on the formula, and every control changes what it says. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly rule: string;
  readonly protocol: string;
  readonly start: number;
  readonly window: readonly { readonly lag: number; readonly measured: number; readonly formula: number }[];
  readonly pair?: {
    readonly lag: number;
    readonly measured: number;
    readonly course: Record<"times" | "membrane" | "weight" | "pre" | "post", readonly number[]>;
  };
}

const told = (page: Page) => page.evaluate(() => (window.engram.stdp as unknown as { told?: Told }).told);
const state = (page: Page) => page.$eval("#stdp", (figure) => (figure as HTMLElement).dataset.state);
const text = (page: Page, id: string) => page.$eval(`#${id}`, (element) => element.textContent ?? "");

function choose(page: Page, id: string, value: string): Promise<void> {
  return page.$eval(
    `#${id}`,
    (element, to) => {
      (element as HTMLInputElement).value = to;
      element.dispatchEvent(new Event("input", { bubbles: true }));
    },
    value,
  );
}

/** Waits until what is chosen has been measured and paired, and the page rests. */
async function measured(page: Page, wanted: Partial<Told>, lag: number): Promise<Told> {
  const holds = async () => {
    const now = await told(page);
    const same = Object.entries(wanted).every(([key, value]) => now?.[key as keyof Told] === value);
    return same && now?.pair?.lag === lag && (await state(page)) === "paused";
  };
  await until(`${JSON.stringify(wanted)} at ${lag} ms`, holds, 60_000);
  return (await told(page))!;
}

/** The rule's equation for one pair, with the page's own numbers (mV, ms). */
const onePair = (lag: number) => (lag >= 0 ? 0.05 * Math.exp(-lag / 17) : -0.03 * Math.exp(lag / 34));

function expectOnCurve({ window: points }: Told): void {
  expect(points).toHaveLength(51);
  for (const { measured: change, formula } of points) expect(Math.abs(change - formula)).toBeLessThan(2e-5);
}

it("measures the window by itself, pairs at the lag that is chosen, and takes other rules, trains and weights", async () => {
  await withPage("demos/stdp/", { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await figureReady(page, "stdp");
    await until("a first window", async () => (await told(page)) !== undefined, 60_000);
    const first = (await told(page))!;
    expectOnCurve(first);
    for (const { lag, measured: change } of first.window)
      expect(Math.abs(change - onePair(lag))).toBeLessThan(2e-5);
    await until("a pair unasked", async () => (await told(page))!.pair !== undefined, 20_000);

    await choose(page, "lag", "-20");
    expect(await text(page, "lag-told")).toBe("−20\u202fms, post first");
    const late = (await measured(page, {}, -20)).pair!;
    expect(late.measured).toBeCloseTo(onePair(-20), 5);
    const { times, membrane, weight, pre, post } = late.course;
    expect([post, pre]).toEqual([[0], [20]]);
    // The weight moves in the step in which the second spike comes, and the membrane by as much as the weight was.
    expect(weight[times.indexOf(19)]).toBe(1);
    expect(weight[times.indexOf(20)]).toBeLessThan(1);
    expect(Math.max(...membrane) + 65).toBeGreaterThan(0.9);
    expect(Math.max(...membrane) + 65).toBeLessThan(1.01);

    await page.setViewport({ width: 390, height: 844 });
    await choose(page, "start", "1.8");
    await choose(page, "rule", "weight-dependent-stdp");
    expect(await text(page, "equation")).toContain("(1 − W)");
    const strong = await measured(page, { rule: "weight-dependent-stdp", start: 1.8 }, -20);
    expectOnCurve(strong);
    expect(strong.window.find(({ lag }) => lag === 0)!.measured).toBeCloseTo(0.05 * 0.1, 4);

    await choose(page, "protocol", "fast");
    const many = await measured(page, { protocol: "fast" }, -20);
    expectOnCurve(many);
    expect(many.pair!.course.pre).toHaveLength(10);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

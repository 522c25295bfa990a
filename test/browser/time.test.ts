/** Learning in time in a real Chrome: both models learn, show a trial whose answer the GPU agrees with, and heed their controls. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { withPage } from "./page";
import { press, until } from "./race";

interface Told {
  readonly model: string;
  readonly steps: number;
  readonly errors?: number;
  readonly history: readonly { readonly seen: number; readonly training?: number; readonly test?: number }[];
  readonly look?: {
    readonly told: string;
    readonly right: boolean;
    readonly rate: number;
    readonly trial: {
      readonly steps: number;
      readonly bands: readonly { readonly name: string; readonly spikes: readonly unknown[] }[];
    };
  };
}

interface Asked {
  readonly weights: readonly string[];
  readonly past: number;
  readonly backward: boolean;
}

interface Shown {
  readonly told: Told;
  readonly asked?: Readonly<Record<string, Asked>>;
}

const told = (page: Page) => page.evaluate(() => (window.engram.time as unknown as Shown).told);
const asked = (page: Page) => page.evaluate(() => (window.engram.time as unknown as Shown).asked);
const state = (page: Page) => page.$eval("#time", (figure) => (figure as HTMLElement).dataset.state);
const tests = ({ history }: Told) => history.flatMap(({ test }) => test ?? []);

/** The page's own reckoning of the outputs against the GPU's score of the same trial. */
function expectAgreement({ look }: Told): void {
  expect(look!.told).toMatch(look!.right ? /which is right\.$/ : /which is wrong\.$/);
}

it("learns by e-prop and back through time, shows trials spike by spike, and is worked by keys and on a phone", async () => {
  await withPage("demos/time/", { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await until("a first test", async () => (await told(page)).look !== undefined, 90_000);
    const first = await told(page);
    expect(first.model).toBe("evidence-accumulation");
    expect(first.look!.trial.steps).toBe(150);
    expect(first.look!.trial.bands.map(({ name }) => name)).toEqual([
      ...["left cues", "right cues", "recall", "noise", "LIF", "adaptive"],
    ]);
    for (const { spikes } of first.look!.trial.bands.slice(0, 4)) expect(spikes.length).toBeGreaterThan(0);
    expectAgreement(first);

    await until("the audit", async () => (await asked(page)) !== undefined, 30_000);
    const { "evidence-accumulation": eProp, "surrogate-fashion": through } = (await asked(page))!;
    expect(eProp).toMatchObject({ past: 0, backward: false, weights: ["hidden-output/weight"] });
    expect(through).toMatchObject({ past: 49, backward: true, weights: ["hidden-output/weight"] });
    expect(
      await page.$$eval("#time-asked tbody .verdict", (all) => all.map((one) => one.textContent)),
    ).toEqual([...["No", "No", "Yes"], ...["Yes", "Yes", "Yes"]]);

    await until("e-prop to learn", async () => (await told(page)).errors! < 0.2, 150_000);
    const learned = await told(page);
    expect(learned.errors).toBeLessThan(tests(learned)[0]!);
    expectAgreement(learned);

    await page.setViewport({ width: 390, height: 844 });
    await page.select("#time-model", "surrogate-fashion");
    expect((await told(page)).model).toBe("surrogate-fashion");
    await until("digits to be learned", async () => (await told(page)).errors! < 0.3, 90_000);
    const read = await told(page);
    expect(tests(read)[0]).toBeGreaterThan(0.75);
    expect(read.look!.trial.bands.map(({ name }) => name)).toEqual(["pixels", "hidden"]);
    expect(read.look!.rate).toBeGreaterThan(1);
    expectAgreement(read);
    expect(await page.$eval("#time-image", (image) => (image as HTMLCanvasElement).hidden)).toBe(false);

    await page.focus("#time");
    if ((await state(page)) === "running") await page.keyboard.press("k");
    await until("a pause", async () => (await state(page)) === "paused", 10_000);
    let held = -1;
    const steady = async () => {
      const before = held;
      await new Promise((resolve) => setTimeout(resolve, 1500)); // no turn takes this long
      held = (await told(page)).steps;
      return held === before;
    };
    await until("the turn's end", steady, 20_000);
    await page.keyboard.press("s");
    await until("one step", async () => (await told(page)).steps === held + 1, 20_000);

    await press(page, "reset");
    await until("a new start", async () => (await told(page)).steps === 0, 60_000);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(consoleErrors).toEqual([]);
  });
}, 300_000);

/** Learning in time: both models learn, show a trial whose answer the GPU agrees with, and heed their controls. */
import { expect } from "vitest";
import { until } from "../race";
import { desktop, Figure, type Visit } from "./figure";

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

const tests = ({ history }: Told) => history.flatMap(({ test }) => test ?? []);

/** The page's own reckoning of the outputs against the GPU's score of the same trial. */
function expectAgreement({ look }: Told): void {
  expect(look!.told).toMatch(look!.right ? /which is right\.$/ : /which is wrong\.$/);
}

async function expectAudit(figure: Figure<Told>): Promise<void> {
  const { page } = figure;
  const asked = () =>
    page.evaluate(() => (window.engram.time as unknown as { asked?: Readonly<Record<string, Asked>> }).asked);
  await until("the audit", async () => (await asked()) !== undefined, 30_000);
  const { "evidence-accumulation": eProp, "surrogate-fashion": through } = (await asked())!;
  expect(eProp).toMatchObject({ past: 0, backward: false, weights: ["hidden-output/weight"] });
  expect(through).toMatchObject({ past: 49, backward: true, weights: ["hidden-output/weight"] });
  expect(await page.$$eval("#time-asked tbody .verdict", (all) => all.map((one) => one.textContent))).toEqual(
    [...["No", "No", "Yes"], ...["Yes", "Yes", "Yes"]],
  );
}

export const time = (visit: Visit): Promise<void> =>
  visit("demos/time/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "time");
    const first = await figure.when("a first test", ({ look }) => look !== undefined, 90_000);
    expect(first.model).toBe("evidence-accumulation");
    expect(first.look!.trial.steps).toBe(150);
    expect(first.look!.trial.bands.map(({ name }) => name)).toEqual([
      ...["left cues", "right cues", "recall", "noise", "LIF", "adaptive"],
    ]);
    for (const { spikes } of first.look!.trial.bands.slice(0, 4)) expect(spikes.length).toBeGreaterThan(0);
    expectAgreement(first);
    await expectAudit(figure);

    const learned = await figure.when("e-prop to learn", ({ errors }) => errors! < 0.25, 150_000);
    expect(learned.errors).toBeLessThan(tests(learned)[0]!);
    expectAgreement(learned);

    await page.select("#time-model", "surrogate-fashion");
    expect((await figure.told())!.model).toBe("surrogate-fashion");
    const read = await figure.when("digits to be learned", ({ errors }) => errors! < 0.5, 90_000);
    expect(tests(read)[0]).toBeGreaterThan(0.75);
    expect(read.look!.trial.bands.map(({ name }) => name)).toEqual(["pixels", "hidden"]);
    expect(read.look!.rate).toBeGreaterThan(1);
    expectAgreement(read);
    expect(await page.$eval("#time-image", (image) => (image as HTMLCanvasElement).hidden)).toBe(false);

    await figure.key("k");
    await figure.rests();
    const held = (await figure.told())!.steps;
    await figure.key("s");
    await figure.when("one step", ({ steps }) => steps === held + 1);
    await figure.rests();
    await figure.endsWell(consoleErrors);

    await figure.press("reset");
    await figure.when("a new start", ({ steps }) => steps === 0);
  });

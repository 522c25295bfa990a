/** Jets and Sharks: Art's properties light up, other questions and cuts are answered, and the keyboard does it all. */
import { expect } from "vitest";
import { until } from "../race";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly asked: string;
  readonly cycles: number;
  readonly settled: boolean;
  readonly movement: number;
  readonly pools: readonly { readonly pool: string; readonly units: readonly { readonly name: string }[] }[];
}

/** Waits until the units rest after a question, and gives the most active unit of each pool. */
async function answer(figure: Figure<Told>, wanted: string): Promise<Record<string, string>> {
  const { pools } = await figure.when(
    `rest after ${wanted}`,
    ({ settled, asked }) => settled && asked === wanted,
    90_000,
  );
  return Object.fromEntries(pools.map(({ pool, units }) => [pool, units[0]!.name]));
}

export const sharks = (visit: Visit): Promise<void> =>
  visit("demos/sharks/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "sharks");
    expect(await answer(figure, "Art")).toMatchObject({
      gang: "Jets",
      age: "40s",
      education: "JH",
      marital: "single",
      occupation: "pusher",
    });
    expect(await figure.text("status")).toMatch(/^At rest after \d+ cycles: asked with Art/);

    const choose = (pool: number, name: string) =>
      page.select(`#sharks-questions label:nth-child(${pool}) select`, name);
    await choose(1, "any");
    await choose(2, "Sharks");
    await choose(3, "20s");
    expect((await answer(figure, "Sharks, 20s")).name).toBe("Ken");

    // Without Ken the network answers with somebody else.
    await page.click("#sharks-cut");
    await page.$eval('.sharks-unit[aria-label^="name Ken,"]', (unit) =>
      unit.dispatchEvent(new MouseEvent("click", { bubbles: true })),
    );
    expect((await answer(figure, "Sharks, 20s, without Ken")).name).not.toBe("Ken");
    const cut = () => page.$$eval(".is-cut", (units) => units.map((unit) => unit.getAttribute("aria-label")));
    expect(await cut()).toEqual(["name Ken, cut off"]);
    await page.click("#sharks-mend");
    expect(await cut()).toEqual([]);
    await page.click("#sharks-cut");

    await page.$eval('.sharks-unit[tabindex="0"]', (unit) => (unit as SVGElement).focus());
    const given = (await page.$$(".is-given")).length;
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await until("a unit more", async () => (await page.$$(".is-given")).length === given + 1, 5000);
    await page.keyboard.press("Delete");
    await until("that it is cut", async () => (await cut()).length === 1, 5000);
    await figure.endsWell(consoleErrors);
  });

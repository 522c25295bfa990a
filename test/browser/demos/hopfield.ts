/** The Hopfield canvas: spoilt shapes come back by themselves, and a person draws, stores and overloads. */
import type { Page } from "puppeteer";
import { expect } from "vitest";
import { until } from "../race";
import { desktop, Figure, type Visit } from "./figure";

interface Told {
  readonly stored: number;
  readonly energy: readonly number[];
  readonly overlap: number;
  readonly nearest: number;
  readonly settled: boolean;
  /** Counts recalls, as one may be over before a test looks. */
  readonly recalls: number;
}

/** Spoils what is on the board and waits until the network rests. */
async function spoilAndSettle(figure: Figure<Told>): Promise<Told> {
  const before = (await figure.told())!.recalls;
  await figure.press("spoil");
  return figure.when("rest", ({ recalls, settled }) => recalls > before && settled);
}

const onBoard = (page: Page) => page.$("#hopfield-board").then((board) => board!.boundingBox());

export const hopfield = (visit: Visit): Promise<void> =>
  visit("demos/hopfield/", desktop, async (page, consoleErrors) => {
    const figure = new Figure<Told>(page, "hopfield");
    const first = await figure.when("a shape recalled by itself", ({ settled }) => settled);
    expect(first).toMatchObject({ stored: 5, overlap: 1 });
    expect(first.energy.at(-1)!).toBeLessThan(first.energy[0]! - 10);
    for (const [step, value] of first.energy.slice(1).entries())
      expect(value).toBeLessThanOrEqual(first.energy[step]! + 1e-3);
    expect(await figure.text("figure-overlap")).toMatch(/^1\.00 \(/);
    await figure.when("the next shape", ({ recalls }) => recalls > first.recalls);

    for (const part of ["forget", "wipe"]) await figure.press(part);
    await page.focus("#hopfield-board");
    for (const key of ["Space", "ArrowRight", "Space", "ArrowDown", "Space"] as const)
      await page.keyboard.press(key);
    expect(await figure.text("cell")).toBe("Row 11, column 11 is on.");
    const box = (await onBoard(page))!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 20, box.y + 20, { steps: 20 });
    await page.mouse.up();
    await figure.press("store");
    await figure.when("one pattern", ({ stored }) => stored === 1);
    expect((await spoilAndSettle(figure)).overlap).toBe(1);

    await figure.press("random");
    await figure.press("random");
    await figure.when("81 patterns", ({ stored }) => stored === 81);
    const fifth = () =>
      page.$eval("#hopfield-shelf li:nth-child(5) button", (button) => (button as HTMLElement).click());
    await fifth();
    expect((await spoilAndSettle(figure)).overlap).toBeLessThan(0.95);
    expect(await figure.text("status")).toMatch(/never stored/);

    await page.$eval("#hopfield input[value=modern]", (input) => (input as HTMLInputElement).click());
    await until("the modern form", async () => (await figure.text("figure-stored")).startsWith("81"), 20_000);
    await fifth();
    const { overlap, nearest } = await spoilAndSettle(figure);
    expect({ overlap, nearest }).toEqual({ overlap: 1, nearest: 4 });
    await figure.endsWell(consoleErrors);
  });

/** Diehl & Cook's network in a real Chrome: synapses grow out of the noise, and what a person chooses is taken or refused. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { figureReady, withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly neurons: number;
  readonly images: number;
  readonly accuracy: number;
  readonly labelled: number;
  readonly sharpness: number;
  readonly data: string;
}

const told = (page: Page) => page.evaluate(() => (window.engram.digits as unknown as { told?: Told }).told);
const state = (page: Page) => page.$eval("#digits", (figure) => (figure as HTMLElement).dataset.state);
const text = (page: Page, id: string) => page.$eval(`#${id}`, (element) => element.textContent ?? "");

it("sharpens its fields by itself, rests when told, starts anew with other neurons, and refuses strange files", async () => {
  await withPage("demos/digits/", { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await figureReady(page, "digits");
    await until("a first image", async () => (await told(page)) !== undefined, 60_000);
    const first = (await told(page))!;
    expect(first.neurons).toBe(25);
    expect(first.data).toContain("synthetic");
    await until("twelve images", async () => (await told(page))!.images >= 12, 60_000);
    const later = (await told(page))!;
    // Weights start at no more than 0.303 and are scaled to one sum: only learning makes some of them greater.
    expect(later.sharpness).toBeGreaterThan(first.sharpness + 0.001);
    expect(later.labelled).toBeGreaterThan(5);
    expect(await text(page, "answer")).toMatch(/^A “\d”\. The framed neuron fired \d+ times/);

    await page.setViewport({ width: 390, height: 844 });
    await page.focus("#digits");
    await page.keyboard.press("k");
    await until("a pause", async () => (await state(page)) === "paused", 10_000);
    await page.select("#digits-neurons", "49");
    await until("a new start", async () => (await told(page))!.neurons === 49, 60_000);
    expect((await told(page))!.images).toBeLessThan(later.images);

    const files = (await page.$("#digits-files"))!;
    await (files as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(import.meta.filename);
    await until("a refusal", async () => (await text(page, "status")).includes("MNIST is missing"), 10_000);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

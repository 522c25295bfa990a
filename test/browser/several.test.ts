/** Many figures on one page: they leave each other alone, rest where nobody looks, and say what they are without motion or WebGPU. */
import { join } from "node:path";
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { violations } from "./axe";
import { desktop, Figure, phone } from "./demos/figure";
import { until } from "./race";
import { sharedChrome } from "./shared";

const names = [
  ...["hebb", "encoder", "fields", "goodness", "hopfield", "perceptron", "settling"],
  ...["stdp", "reward", "time", "digits", "sharks", "dopamine"],
];
const [top, last] = [names[0]!, names.at(-1)!];

const visit = sharedChrome(join(import.meta.dirname, "several"));

/** Turns of a stage that has been made ready; undefined before. */
const turnsOf = (page: Page, name: string) =>
  page.evaluate(async (id) => {
    const figure = window.engram[id] as { ready: Promise<{ turns: number }> };
    const soon = new Promise<undefined>((resolve) => setTimeout(resolve, 50, undefined));
    return (await Promise.race([figure.ready, soon]))?.turns;
  }, name);

const states = (page: Page) =>
  page.$$eval("figure[data-state]", (all) =>
    Object.fromEntries(all.map((figure) => [figure.id, (figure as HTMLElement).dataset.state])),
  );

/** Whether every canvas that has a size shows more than one colour. */
const drawn = (page: Page, name: string) =>
  page.$$eval(`#${name} canvas`, (all) =>
    (all as HTMLCanvasElement[])
      .filter((canvas) => canvas.clientWidth > 0 && canvas.width > 0)
      .map((canvas) => {
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size > 1;
      }),
  );

it("keeps names, keys and turns apart, and makes nothing ready that is far below the screen", async () => {
  await visit("", desktop, async (page, consoleErrors) => {
    const [first, second] = [new Figure(page, top), new Figure(page, last)];
    await until("turns of the first", async () => ((await turnsOf(page, top)) ?? 0) > 0, 60_000);
    const early = await states(page);
    expect(Object.keys(early).sort()).toEqual([...names].sort());
    for (const name of names.slice(3)) {
      expect(early[name]).toBe("opening");
      expect(await turnsOf(page, name)).toBeUndefined();
    }
    const ids = await page.$$eval("[id]", (all) => all.map(({ id }) => id));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const radios = await page.$$eval("input[type=radio]", (all) =>
      all.map((one) => [(one as HTMLInputElement).name, one.closest("figure")!.id]),
    );
    for (const [name, figure] of radios) expect(name).toMatch(new RegExp(`^${figure}-`));

    await page.$eval(`#${last}`, (figure) => figure.scrollIntoView());
    await until("turns of the last", async () => ((await turnsOf(page, last)) ?? 0) > 0, 60_000);
    expect(await first.state()).toMatch(/^(running|done)$/);
    await new Promise((resolve) => setTimeout(resolve, 500)); // the turn under way ends
    const resting = await turnsOf(page, top);
    const going = (await turnsOf(page, last))!;
    await until("more turns of the last", async () => (await turnsOf(page, last))! > going + 3, 60_000);
    expect(await turnsOf(page, top)).toBe(resting);

    await second.key("k");
    await second.rests();
    expect(await second.state()).toBe("paused");
    expect(await first.state()).toMatch(/^(running|done)$/);
    expect(consoleErrors).toEqual([]);
  });
}, 240_000);

it("shows a still of the same content where less motion is asked for, until Play", async () => {
  await visit("", phone, async (page, consoleErrors) => {
    await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    await page.reload({ waitUntil: "load" });
    const first = new Figure(page, top);
    await until("a still", async () => (await first.state()) === "paused", 60_000);
    const turns = (await turnsOf(page, top))!;
    expect(turns).toBeGreaterThan(0);
    expect(await first.text("status")).toMatch(/^A still/);
    expect(await drawn(page, top)).not.toContain(false);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await turnsOf(page, top)).toBe(turns);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await first.key("k");
    await until("turns after Play", async () => (await turnsOf(page, top))! > turns, 60_000);
    expect(consoleErrors).toEqual([]);
  });
}, 240_000);

it("keeps titles and captions without WebGPU, with how to get it, and leaves nobody out", async () => {
  await visit("", phone, async (page, consoleErrors) => {
    await page.evaluateOnNewDocument(() => {
      Object.defineProperty(Navigator.prototype, "gpu", { value: undefined });
    });
    await page.reload({ waitUntil: "load" });
    await until(
      "all figures to say so",
      async () => Object.values(await states(page)).every((state) => state === "no-gpu"),
      30_000,
    );
    for (const name of names) {
      const shown = await page.$eval(`#${name}`, (figure) => ({
        title: figure.querySelector(".figure-title")?.textContent ?? "",
        caption: figure.querySelector("figcaption")?.textContent ?? "",
        help: figure.querySelector<HTMLElement>(".without-gpu")?.innerText ?? "",
        buttons: figure.querySelectorAll("button").length,
        alt: figure.querySelector("img")?.alt ?? "",
        recorded: figure.querySelector(".still-told")?.textContent ?? "",
      }));
      expect(shown.title.length).toBeGreaterThan(3);
      expect(shown.caption.length).toBeGreaterThan(100);
      expect(shown.help).toMatch(/WebGPU.*Chrome .* from version \d+ on/);
      expect(shown.buttons).toBe(0);
      expect(shown.alt).toContain(shown.title);
      expect(shown.recorded).toMatch(/^Recorded on .+, \d+ \w+ \d{4}\.$/);
    }
    const still = await page.$eval(`#${top} img`, async (image) => {
      await (image as HTMLImageElement).decode();
      const { naturalWidth, naturalHeight, width, height } = image as HTMLImageElement;
      const told = ["width", "height"].map((name) => Number(image.getAttribute(name)));
      return { told, natural: [naturalWidth, naturalHeight], shape: width / height };
    });
    expect(still.natural).toEqual(still.told);
    expect(still.shape).toBeCloseTo(still.told[0]! / still.told[1]!, 1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await violations(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

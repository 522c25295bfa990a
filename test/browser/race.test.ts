/** The race on the front page, in a real Chrome on SwiftShader: it starts by itself, obeys its controls, and survives bad data. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { repository } from "../chrome";
import { figureReady, withPage } from "./page";
import { choose, drop, fitsPhone, longestTask, noticeOf, press, race, steps, until } from "./race";

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const mnist = join(repository, "..", "shared", "data", "mnist");
const files = [
  "train-images-idx3-ubyte.gz",
  "train-labels-idx1-ubyte.gz",
  "t10k-images-idx3-ubyte.gz",
  "t10k-labels-idx1-ubyte.gz",
];

const ready = (page: Page) => figureReady(page, "race");

/** The longest that anything may take on a machine that does other things besides. */
const patience = 60_000;

it("races by itself, obeys its controls, refuses what can't be, survives a lost device, and takes real files", async () => {
  await withPage("", desktop, async (page, consoleErrors) => {
    await ready(page);
    await until("the first steps", async () => (await steps(page))[0]! > 0, patience);
    await until("backprop above 80 %", async () => ((await race(page)).tested.backprop ?? 0) > 0.8, patience);
    const { clockMs, processorMs } = await longestTask(page, 2000);
    console.info(
      `The longest task while racing: ${clockMs} ms by the clock, ${processorMs} ms of processor time.`,
    );
    expect(processorMs).toBeLessThan(100);
    await obeysItsControls(page);
    await refusesWhatCannotBe(page);
    await keepsTheOldRace(page);
    await survivesALostDevice(page);
    await runsOnFourSamples(page);
    await takesRealFiles(page);
    await fitsPhone(page);
    expect(consoleErrors).toEqual([]);
  });
}, 240_000);

async function obeysItsControls(page: Page): Promise<void> {
  await press(page, "play");
  await until("all rules at one step", async () => new Set(await steps(page)).size === 1, patience);
  const [held] = await steps(page);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await steps(page)).toEqual([held, held]);

  await press(page, "step");
  await until("one step more", async () => (await steps(page))[0] === held! + 1, patience);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await steps(page)).toEqual([held! + 1, held! + 1]);

  await choose(page, "Learning rate", "0.003");
  expect(
    await page.evaluate(() => window.engram.race.experiment!.trainers.map(({ values }) => values.rate)),
  ).toEqual([0.003, 0.003]);

  await choose(page, "Weight mirror", true);
  await until("a third racer", async () => (await race(page)).rules.length === 3, patience);
  const told = () =>
    page.evaluate(() => document.querySelector("#accuracy")!.textContent!.includes("Weight mirror"));
  await until("its line", told, patience);
  expect(await page.$$eval("#audit .audit tbody tr", (rows) => rows.length)).toBe(3);
  expect((await steps(page))[0]).toBe(held! + 1); // what was learned is kept, and it rests still
  expect(await page.evaluate(() => window.engram.race.experiment!.paused)).toBe(true);
  await choose(page, "Weight mirror", false);
  await until("two racers", async () => (await race(page)).rules.length === 2, patience);

  await press(page, "reset");
  await until("a new start", async () => Math.max(...(await steps(page))) < held!, patience);
}

async function refusesWhatCannotBe(page: Page): Promise<void> {
  await choose(page, "Hidden layers", "64, -3");
  expect(await noticeOf(page, "settings-notice")).toMatch(/Hidden layers are whole numbers above 0/);
  await choose(page, "Hidden layers", "99999999");
  const refused = async () => /too large .* GiB/.test(await noticeOf(page, "settings-notice"));
  await until("a refusal", refused, patience);
  for (const seed of ["1.5", "-1", "4294967296", "one"]) {
    await choose(page, "Seed", seed);
    expect(await noticeOf(page, "settings-notice")).toContain(`but “${seed}” is none`);
  }
  await drop(page, "cat.png", "not digits");
  await until("a sentence", async () => (await noticeOf(page, "data-notice")).includes("cat.png"), patience);
  await goesOn(page);
}

async function keepsTheOldRace(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.engram.race.experiment!.checkpoint = () => Promise.reject(new Error("No checkpoint today."));
  });
  await choose(page, "Weight mirror", true);
  const said = async () => (await noticeOf(page, "settings-notice")) === "No checkpoint today.";
  await until("a sentence", said, patience);
  await goesOn(page);
  expect((await race(page)).rules.length).toBe(2);
  await page.evaluate(() => Reflect.deleteProperty(window.engram.race.experiment!, "checkpoint"));
}

async function survivesALostDevice(page: Page): Promise<void> {
  await page.evaluate(() => window.engram.race.experiment!.device.destroy());
  const said = async () => /goes on from the checkpoint/.test(await noticeOf(page, "status"));
  await until("a sentence", said, patience);
  expect(await page.evaluate(() => window.engram.race.experiment!.device.lostReason())).toBeUndefined();
  await goesOn(page);
}

/** Four samples are fewer than a batch; and the race hears its keys only within it. */
async function runsOnFourSamples(page: Page): Promise<void> {
  await choose(page, "Task", "XOR");
  await until("XOR", async () => (await race(page)).task === "xor", patience);
  await until("more than 50 steps on it", async () => (await steps(page))[0]! > 50, patience);
  expect(await page.evaluate(() => window.engram.race.experiment!.settings.batch)).toBe(4);
  const paused = () => page.evaluate(() => window.engram.race.experiment!.paused);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("k");
  expect(await paused()).toBe(false);
  await page.focus("#step");
  await page.keyboard.press("k");
  expect(await paused()).toBe(true);
  await page.focus("#timelines .block");
  await page.keyboard.press("ArrowRight");
  expect(await page.$eval("#timelines .timeline-detail", (line) => line.textContent)).toMatch(
    /reads .*; writes /,
  );
  await page.focus("#step");
  await page.keyboard.press("k");
}

/** Where the real files are, as here and in CI. */
async function takesRealFiles(page: Page): Promise<void> {
  if (!files.every((file) => existsSync(join(mnist, file)))) return;
  const input = (await page.$("input[type=file]"))!;
  await (input as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(
    ...files.map((file) => join(mnist, file)),
  );
  await until("MNIST", async () => (await race(page)).task === "mnist", patience);
  await until("steps on it", async () => (await steps(page))[0]! > 0, patience);
  await until("its name", async () => /MNIST, 60/.test(await noticeOf(page, "facts")), patience);
}

async function goesOn(page: Page): Promise<void> {
  const before = Math.max(...(await steps(page)));
  await until("the race going on", async () => Math.max(...(await steps(page))) > before, patience);
}

it("tries again where the first race fails", async () => {
  await withPage("", desktop, async (page, consoleErrors) => {
    await page.evaluateOnNewDocument(() => {
      const { createBuffer } = GPUDevice.prototype;
      GPUDevice.prototype.createBuffer = function (descriptor) {
        if (!("mended" in window)) throw new Error("No room today.");
        return createBuffer.call(this, descriptor);
      };
    });
    await page.reload();
    await ready(page);
    expect(await noticeOf(page, "status")).toBe("No room today. Reset tries again.");
    await page.evaluate(() => {
      Object.assign(window, { mended: true });
    });
    expect(await page.$eval("#reset", (button) => button.matches(":disabled"))).toBe(false);
    await press(page, "reset");
    await until("the first steps", async () => ((await steps(page))[0] ?? 0) > 0, patience);
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

it("says why there is no race without WebGPU, and still reads", async () => {
  await withPage("", phone, async (page, consoleErrors) => {
    await page.evaluateOnNewDocument("delete Navigator.prototype.gpu");
    await page.reload();
    await ready(page);
    expect(
      await page.$eval(".no-gpu-notice", (notice) => notice.checkVisibility() && notice.textContent),
    ).toMatch(/WebGPU.*Chrome/s);
    expect(await page.$$eval("#audit .audit tbody tr", (rows) => rows.length)).toBe(2);
    expect(await page.$$eval("#timelines .timeline", (all) => all.length)).toBe(2);
    expect(consoleErrors).toEqual([]);
  });
}, 120_000);

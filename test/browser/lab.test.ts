/**
 * The lab, in a real Chrome on SwiftShader: it learns by itself, does what its controls say, holds its state in its address,
 * goes on after a reload to the same bits, gives its results away, and takes data of one's own.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle, Page } from "puppeteer";
import { expect, it } from "vitest";
import { readAddress } from "../../demos/lab/address";
import { readCheckpoint } from "../../src/experiment/checkpoint";
import { violations } from "./axe";
import {
  address,
  catchDownloads,
  caught,
  choose,
  countCaught,
  follow,
  learned,
  runs,
  standing,
  steps,
} from "./lab";
import { withPage } from "./page";
import { drop, longestTask, noticeOf, press, until } from "./race";

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** Small enough to learn within seconds: one rule from two seeds, and another. */
const small =
  "task=digits&train=600&test=100&epochs=800&run=backprop;hidden:24;batch:16;seeds:2;set.rate:0.05&run=feedback-alignment;hidden:24;batch:16;set.rate:0.05";

const ready = (page: Page) => page.evaluate(() => window.engram.lab.ready);

it("learns by itself, obeys its controls, and goes on after a reload", async () => {
  await withPage("demos/lab/", desktop, async (page, consoleErrors) => {
    await ready(page);
    await until("steps without a click", async () => Math.max(...(await steps(page))) > 0, 60_000);
    const { state, complaints } = readAddress(await address(page), true);
    expect(complaints).toEqual([]);
    expect(state).toEqual(await page.evaluate(() => window.engram.lab.lab.state));
    const { clockMs, processorMs } = await longestTask(page, 3000);
    console.info(`The longest task: ${clockMs} ms by the clock, ${processorMs} ms of processor time.`);
    expect(processorMs).toBeLessThan(100);

    await follow(page, small);
    await until("the runs of the address", async () => (await steps(page)).length === 3, 60_000);
    await until("a first test", async () => (await runs(page)).every(({ tests }) => tests[0]! > 0), 120_000);
    const [early] = (await runs(page))[0]!.tests;
    await until(
      "all above 60 %",
      async () => (await runs(page)).every(({ tests }) => Math.min(...tests) > 0.6),
      180_000,
    );
    expect((await runs(page))[0]!.tests[0]).toBeGreaterThan(early!);
    expect(await page.$eval("#lab-scores", (rows) => rows.textContent)).toMatch(
      /Backpropagation\d+\.\d.%\d+\.\d–\d+\.\d.%/,
    );

    // What may change while it runs changes, and nothing starts anew.
    const before = await steps(page);
    await choose(page, "Learning rate", "0.02");
    await until("the new rate", async () => (await runs(page))[0]!.values?.rate === 0.02, 20_000);
    expect((await steps(page))[0]).toBeGreaterThanOrEqual(before[0]!);
    expect(await address(page)).toMatch(/run=backprop;[^&]*set\.rate:0\.02/);

    // Another network starts this run anew, and leaves the other as it is.
    await choose(page, "Hidden layers", "20, 12");
    await until("another network", async () => `${(await runs(page))[0]!.layers}` === "784,20,12,10", 60_000);
    expect((await steps(page))[2]).toBeGreaterThanOrEqual(before[2]!);
    await choose(page, "Hidden layers", "64, -3");
    expect(await noticeOf(page, "lab-settings-notice")).toMatch(/but “-3” is none/);
    await choose(page, "Hidden layers", "60000, 60000");
    await until(
      "a refusal",
      async () => /needs? .* GiB, but/.test(await noticeOf(page, "lab-settings-notice")),
      20_000,
    );
    expect((await runs(page))[0]!.layers).toEqual([784, 20, 12, 10]);

    await press(page, "lab-add");
    await until("one run more", async () => (await runs(page)).length === 3, 60_000);
    await click(page, `[data-run="remove ${await lastId(page)}"]`);
    await until("one run less", async () => (await runs(page)).length === 2, 20_000);
    await click(page, '[aria-label="Show Feedback alignment"]');
    await until(
      "a hidden line",
      async () => !(await lineLabels(page)).includes("Feedback alignment"),
      20_000,
    );
    expect(await address(page)).toContain("shown:off");

    // A hidden tab rests, unless told otherwise, and goes on when it is seen again.
    await hide(page, true);
    await until("rest", async () => (await standing(page)) === "paused", 20_000);
    expect(await address(page)).toContain("playing=on");
    await hide(page, false);
    await until("no rest", async () => (await standing(page)) === "running", 20_000);
    await choose(page, "Goes on in a hidden tab", true);
    await hide(page, true);
    expect(await standing(page)).toBe("running");
    await hide(page, false);

    // A lost device is opened again, and the runs go on.
    await page.evaluate(() => window.engram.lab.lab.device!.gpu.destroy());
    await until(
      "news of the loss",
      async () => (await noticeOf(page, "lab-status")).includes("was opened again"),
      60_000,
    );
    await until(
      "all runs on the new device",
      () =>
        page.evaluate(() =>
          window.engram.lab.lab.races.every(
            ({ experiment }) => experiment && !experiment.device.lostReason(),
          ),
        ),
      60_000,
    );
    const back = await steps(page);
    await until(
      "steps after the loss",
      async () => (await steps(page)).every((all, index) => all > back[index]!),
      120_000,
    );

    await choose(page, "Speed", "1 step a second");
    await until("that speed", async () => (await address(page)).includes("speed=1&"), 10_000);

    expect(await violations(page)).toEqual([]);
    await resumes(page);
    await choose(page, "Speed", "as fast as it goes");
    await until(
      "tests of all",
      async () => (await runs(page)).every(({ tests }) => Math.min(...tests) > 0),
      120_000,
    );
    await press(page, "lab-play"); // what is given away stays what is shown
    await until("a pause", async () => (await standing(page)) === "paused", 20_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await givesAway(page);
    await page.setViewport(phone);
    await until(
      "one column",
      async () => (await page.evaluate(() => document.documentElement.scrollWidth)) === phone.width,
      10_000,
    );
    expect(consoleErrors).toEqual([]);
  });
}, 600_000);

/** Has the page think that nobody sees it, or that somebody does. */
function hide(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

const click = (page: Page, selector: string) =>
  page.evaluate((found) => document.querySelector<HTMLElement>(found)!.click(), selector);

const lastId = (page: Page) => page.evaluate(() => window.engram.lab.lab.runs.at(-1)!.id);

const lineLabels = (page: Page) =>
  page.$$eval("#lab-accuracy .line-label-name", (names) => names.map((name) => name.textContent));

/** Paused, kept and reloaded, the page has the same steps and bits, and goes on from there. */
async function resumes(page: Page): Promise<void> {
  await press(page, "lab-play");
  await until("a pause", async () => (await standing(page)) === "paused", 20_000);
  await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500)); // for what is still under way
    await window.engram.lab.keeper.keep();
  });
  const left = await learned(page);
  const kept = await address(page);
  await page.reload({ waitUntil: "load" });
  await ready(page);
  expect(await address(page)).toBe(kept);
  expect(await standing(page)).toBe("paused");
  expect(await learned(page)).toEqual(left);
  expect(left[0]!.steps).toBeGreaterThan(0);
  expect(await noticeOf(page, "lab-status")).toMatch(/^Went on from step \d/);
  expect(await lineLabels(page)).toContain("Backpropagation"); // its curve too
  await press(page, "lab-play");
  await until("it going on", async () => (await steps(page))[0]! > left[0]!.steps, 60_000);
}

/** Each file is what it says: CSV, JSON, SVG and PNG of the charts, and weights that the engine reads. */
async function givesAway(page: Page): Promise<void> {
  await catchDownloads(page);
  for (const id of ["lab-csv", "lab-json", "lab-svg", "lab-png", "lab-weights-file"]) await press(page, id);
  await until(
    "two charts twice, two metrics and two weights",
    async () => (await countCaught(page)) === 8,
    60_000,
  );
  const files = await caught(page);
  const text = (name: string) => Buffer.from(files[name]!, "base64").toString();
  const [head, ...rows] = text("engram-metrics.csv").trim().split("\r\n");
  expect(head).toBe("run,rule,seed,samples,epochs,split,loss,accuracy");
  expect(rows.length).toBeGreaterThan(5);
  const tests = rows
    .map((row) => row.split(","))
    .filter(([, rule, seed, , , split]) => rule === "feedback-alignment" && seed === "1" && split === "test");
  expect(tests.length).toBeGreaterThan(0);
  expect(Number(tests.at(-1)!.at(-1))).toBeCloseTo((await runs(page))[1]!.tests[0]!, 6);
  const json = JSON.parse(text("engram-metrics.json"));
  expect(json).toMatchObject({ adapter: "SwiftShader", task: { name: "digits", train: 600 } });
  expect(json.runs).toHaveLength(3);
  const drawn = await page.evaluate((svg) => {
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    return {
      error: parsed.querySelector("parsererror")?.textContent,
      words: parsed.documentElement.textContent,
    };
  }, text("engram-accuracy.svg"));
  expect(drawn.error).toBeUndefined();
  for (const word of ["accuracy", "samples seen by each rule", "Backpropagation"])
    expect(drawn.words).toContain(word);
  const png = Buffer.from(files["engram-accuracy.png"]!, "base64");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16)).toBe(1920);
  const weights = Object.keys(files).filter((name) => name.endsWith(".safetensors"));
  expect(weights).toEqual(["engram-backprop-seed-1.safetensors", "engram-backprop-seed-2.safetensors"]);
  const { settings, snapshots } = readCheckpoint(new Uint8Array(Buffer.from(files[weights[1]!]!, "base64")));
  expect(settings).toMatchObject({ task: "digits", layers: [784, 20, 12, 10], seed: 2 });
  expect(snapshots[0]!.tensors.get("input-hidden1/weight")!.shape).toEqual([785, 20]);
  await goesOnFrom(page, Buffer.from(files[weights[1]!]!, "base64"), snapshots[0]!.steps);
}

/** A checkpoint that was downloaded is a run again when it is brought back, from the step that it was left at. */
async function goesOnFrom(page: Page, bytes: Buffer, at: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "engram-lab-"));
  try {
    const [before, file] = [(await runs(page)).length, join(folder, "left.safetensors")];
    const input = (await page.$("#lab-load")) as ElementHandle<HTMLInputElement>;
    writeFileSync(file, bytes);
    await input.uploadFile(file);
    await until("a run from the file", async () => (await runs(page)).length === before + 1, 60_000);
    expect(await noticeOf(page, "lab-export-notice")).toContain(`from step ${at}`);
    expect((await runs(page)).at(-1)).toMatchObject({ rule: "backprop", layers: [784, 20, 12, 10] });
    expect((await runs(page)).at(-1)!.steps[0]).toBeGreaterThanOrEqual(at);
    writeFileSync(file, bytes.subarray(0, 1000));
    await input.uploadFile(file);
    await until(
      "a refusal",
      async () => /left\.safetensors is not a sound/.test(await noticeOf(page, "lab-export-notice")),
      20_000,
    );
    expect((await runs(page)).length).toBe(before + 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it("takes data of one’s own, asks for them again after a reload, and trains ten million weights", async () => {
  await withPage(
    "demos/lab/#task=digits&train=200&test=100&epochs=2000&run=backprop;hidden:8;batch:16;set.rate:0.05",
    desktop,
    async (page, consoleErrors) => {
      await ready(page);
      await drop(page, "cat.csv", "");
      await until(
        "a sentence on the empty file",
        async () => (await noticeOf(page, "data-notice")).includes("cat.csv"),
        30_000,
      );
      expect(await standing(page)).not.toBe("none");
      await drop(page, "ring.csv", ring());
      await until("the new task", async () => (await runs(page))[0]?.layers?.[0] === 2, 60_000);
      await until("the ring learned", async () => (await runs(page))[0]!.tests[0]! > 0.9, 120_000);
      expect(await address(page)).toMatch(/^task=own:/);

      await page.reload({ waitUntil: "load" });
      await ready(page);
      expect(await noticeOf(page, "lab-status")).toMatch(/drop them on this page again/);
      expect(await steps(page)).toEqual([]);
      await drop(page, "ring.csv", ring());
      await until("the ring again", async () => ((await steps(page))[0] ?? 0) > 0, 60_000);

      await follow(
        page,
        "task=digits&train=400&test=50&epochs=4&run=backprop;hidden:3000,2550;batch:16;set.rate:0.03",
      );
      await until(
        "ten million weights",
        async () => ((await runs(page))[0]?.layers?.[1] ?? 0) === 3000,
        120_000,
      );
      const { said, measured } = await page.evaluate(() => ({
        said: document.getElementById("lab-needs")!.textContent,
        measured: window.engram.lab.lab.device!.allocated,
      }));
      expect(said).toMatch(/10.033.060 weights needs/);
      const [, mebibytes] = /needs ([\d.]+) MiB/.exec(said!)!;
      expect(Number(mebibytes)).toBeCloseTo(measured / 2 ** 20, 0);
      await until("three of its steps", async () => ((await steps(page))[0] ?? 0) >= 3, 120_000);
      expect(consoleErrors).toEqual([]);
    },
  );
}, 600_000);

/** Two classes that no line parts: points within a circle, and points around it. */
function ring(): string {
  const rows = Array.from({ length: 300 }, (_, index) => {
    const angle = index * 2.399963;
    const radius = index % 2 === 0 ? 0.3 + 0.001 * index : 1.2 + 0.001 * index;
    return `${(radius * Math.cos(angle)).toFixed(4)},${(radius * Math.sin(angle)).toFixed(4)},${index % 2 === 0 ? "inside" : "outside"}`;
  });
  return ["across,up,class", ...rows].join("\n");
}

/** The profiler in a real Chrome, on a network that is small enough to be measured again and again. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import type { profileJson } from "../../src/experiment/profile-export";
import type { Trace } from "../../src/gpu/trace";
import { violations } from "./axe";
import { withPage } from "./page";
import { noticeOf, press, until } from "./race";

type Json = ReturnType<typeof profileJson>;
interface Pair {
  readonly name: string;
  readonly ratio?: { readonly ratio: number; readonly low: number; readonly high: number };
}
interface Profiler {
  readonly state: string;
  readonly json: Json | undefined;
  readonly pairs: readonly Pair[];
  readonly tuned: readonly {
    readonly taken: string;
    readonly tried: readonly { readonly sameBits: boolean }[];
  }[];
}

const profiler = <Value>(page: Page, look: (one: Profiler) => Value): Promise<Value> =>
  page.evaluate(`(${look})(window.engram.profiler)`) as Promise<Value>;
const json = async (page: Page): Promise<Json> => (await profiler(page, (one) => one.json))!;

/** Measures, or whatever the button does, and waits for the end. */
async function work(page: Page, id: string): Promise<string> {
  await press(page, id);
  await until(`${id} to end`, async () => (await profiler(page, (one) => one.state)) === "idle", 240_000);
  return noticeOf(page, "status");
}

/** Chooses as a person would, through the element's own events. */
const choose = (page: Page, id: string, value: string): Promise<void> =>
  page.$eval(
    `#${id}`,
    (field, to) => {
      (field as HTMLInputElement).value = to;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
    value,
  );

const kernels = (page: Page): Promise<string[]> =>
  page.$$eval("#kernels tbody tr", (rows) => rows.map((row) => row.getAttribute("data-kernel")!));

/** What the page would have saved. */
async function saved(page: Page, id: string): Promise<string> {
  await page.evaluate(() => {
    URL.createObjectURL = (blob) => {
      (blob as Blob).text().then((text) => Object.assign(window, { saved: text }));
      return "#saved";
    };
  });
  await press(page, id);
  await until("a file", () => page.evaluate(() => "saved" in window), 10_000);
  return page.evaluate(() => {
    const { saved: text } = window as unknown as { saved: string };
    Reflect.deleteProperty(window, "saved");
    return text;
  });
}

it("profiles by itself, compares, tunes, exports, and serves everyone", async () => {
  const small = "demos/profiler/?rule=backprop&layers=12-9-4&batch=3&optimizer=sgd&bogus=1";
  await withPage(small, { width: 1440, height: 900 }, async (page, consoleErrors) => {
    // It starts by itself and says how far it is.
    await until("work", async () => (await profiler(page, (one) => one.state)) === "busy", 60_000);
    await until("a profile", async () => (await profiler(page, (one) => one.state)) === "idle", 240_000);
    const first = await json(page);
    expect(await noticeOf(page, "status")).toContain("Measured backprop, 12-9-4, batch 3, sgd");
    expect(await noticeOf(page, "faults")).toContain("“bogus” means nothing to backprop");

    // The table holds what was measured; shares add up, and the step against the sum of its kernels.
    expect(await kernels(page)).toEqual(first.kernels.map(({ kernel }) => kernel));
    expect(first.kernels.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(first.kernels.reduce((sum, { calls, ms }) => sum + calls * ms, 0)).toBeCloseTo(
      first.step.sumOfKernels,
      9,
    );
    expect(first.step.overhead).toBeCloseTo(1 - first.step.sumOfKernels / first.step.ms, 9);
    expect(first.quantumMs).toBeGreaterThan(0);
    const facts = await page.$eval("#facts", (list) => list.textContent!);
    for (const word of [
      "SwiftShader: a program",
      "in steps of",
      "Sum of kernels",
      "Overhead",
      "Peak of memory",
    ])
      expect(facts).toContain(word);
    await sorts(page, first);
    await flames(page);
    await draws(page, first);

    // Bad input is said, and loses nothing.
    await choose(page, "layers", "12, many, 4");
    expect(await noticeOf(page, "status")).toMatch(
      /Layers are 2 to 12 whole numbers .*“12, many, 4” is none/,
    );
    expect(await json(page)).toEqual(first);
    await choose(page, "layers", "12, 9, 4");

    // Stopped on the way, what there was still stands.
    await press(page, "measure");
    await press(page, "measure");
    await until("a stop", async () => (await profiler(page, (one) => one.state)) === "idle", 60_000);
    expect(await noticeOf(page, "status")).toContain("Stopped. What was measured before still stands.");
    expect(await json(page)).toEqual(first);

    // Another rule has other kernels.
    await choose(page, "rule", "sign-symmetry");
    expect(page.url()).toContain("rule=sign-symmetry");
    await work(page, "measure");
    expect(await kernels(page)).toContain("local/sign");
    expect(first.kernels.map(({ kernel }) => kernel)).not.toContain("local/sign");

    // A against itself: no difference. One comparison in twenty errs by what 95 % means, so it has three tries.
    await press(page, "keep");
    let held = false;
    for (let attempt = 0; attempt < 3 && !held; attempt++) {
      await work(page, "measure");
      const { ratio } = (await profiler(page, (one) => one.pairs))[0]!;
      expect(ratio!.low).toBeLessThanOrEqual(ratio!.high);
      held = ratio!.low <= 1 && ratio!.high >= 1;
    }
    expect(held).toBe(true);
    expect(await noticeOf(page, "verdict")).toMatch(/The interval holds 1: the two are the same/);
    expect(await page.$$eval("#compare tbody tr", (rows) => rows.length)).toBe(
      (await kernels(page)).length + 1,
    );
    await press(page, "keep");

    // Files.
    const trace = JSON.parse(await saved(page, "save-trace")) as Trace;
    expect(new Set(trace.traceEvents.map(({ ph }) => ph))).toEqual(new Set(["X", "M"]));
    expect(trace.traceEvents.filter(({ cat }) => cat === "transport").length).toBeGreaterThan(0);
    for (const { ph, ts, dur } of trace.traceEvents)
      expect(ph === "M" || (ts >= 0 && dur! >= 0 && Number.isFinite(ts + dur!))).toBe(true);
    expect(JSON.parse(await saved(page, "save-json"))).toEqual(JSON.parse(JSON.stringify(await json(page))));
    expect((await saved(page, "save-csv")).trimEnd().split("\n")).toHaveLength(
      1 + (await kernels(page)).length,
    );

    // Tiles: each product in each, all with the same bits.
    await choose(page, "rule", "delta-rule");
    await choose(page, "layers", "6, 4");
    expect(await work(page, "tune")).toMatch(/Tuned: \d of 2 products/);
    const tuned = await profiler(page, (one) => one.tuned);
    for (const { tried } of tuned) expect(tried.every(({ sameBits }) => sameBits)).toBe(true);
    const taken = await page.$$eval("#tiles tbody tr", (rows) =>
      rows.map((row) => row.getAttribute("data-taken")),
    );
    expect(taken).toEqual(tuned.map((one) => one.taken));

    // For everyone, on a phone as well.
    expect(await violations(page)).toEqual([]);
    await page.setViewport({ width: 390, height: 844 });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    await until("the page to fit a phone", fits, 10_000);
    expect(await violations(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
  });
}, 900_000);

/** A head sorts by its column, by keyboard as well. */
async function sorts(page: Page, { kernels: rows }: Json): Promise<void> {
  const heads = await page.$$("#kernels thead button");
  await heads[2]!.focus();
  await page.keyboard.press("Enter");
  const byTime = rows.toSorted((a, b) => b.calls * b.ms - a.calls * a.ms).map(({ kernel }) => kernel);
  expect(await kernels(page)).toEqual(byTime);
  expect(await page.$eval('#kernels [aria-sort="descending"]', (head) => head.textContent)).toMatch(/^Time/);
  await page.keyboard.press("Enter");
  expect(await kernels(page)).toEqual(byTime.toReversed());
}

/** One stop of the Tab key; arrows lead down to a record, whose numbers are then told. */
async function flames(page: Page): Promise<void> {
  expect(await page.$$eval('#flame .flame-block[tabindex="0"]', (blocks) => blocks.length)).toBe(1);
  await page.focus('#flame .flame-block[tabindex="0"]');
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown"] as const) await page.keyboard.press(key);
  expect(await page.$eval(".flame-detail", (detail) => detail.textContent)).toMatch(
    /^local\/sample, local, .* a step, .* of it\./,
  );
  await page.keyboard.press("ArrowRight");
  expect(await page.$eval(".flame-detail", (detail) => detail.textContent)).toMatch(/^dense\/project/);
  expect(await page.$$eval("#kernels tr.is-regarded", (rows) => rows.length)).toBe(1);
}

/** Points with a shape and a name of their own under the roofs, and five lanes with as many blocks as were traced. */
async function draws(page: Page, { kernels: rows }: Json): Promise<void> {
  const counted = rows.filter(({ flops }) => flops! >= 100);
  expect(await page.$$eval(".roofline-point", (points) => points.length)).toBe(counted.length);
  const labels = await page.$$eval(".roofline-label", (names) => names.map((name) => name.textContent));
  expect(labels).toEqual(expect.arrayContaining(["project 1", "correlate 1"]));
  const shapes = await page.$$eval(".roofline-point path", (marks) =>
    marks.map((mark) => mark.getAttribute("d")),
  );
  expect(new Set(shapes).size).toBe(new Set(counted.map(({ verb }) => verb)).size);
  await page.$eval('.roofline-point[tabindex="0"]', (point) => (point as SVGElement).focus());
  await page.keyboard.press("ArrowRight");
  expect(await page.$eval(".roofline-detail", (detail) => detail.textContent)).toMatch(/FLOP a byte at/);
  const lanes = await page.$$eval(".time-name", (names) => names.map((name) => name.firstChild!.textContent));
  expect(lanes).toEqual(["encode", "submit", "GPU", "wait", "readback"]);
  expect(
    await page.$$eval(".time-lane:nth-child(3) .time-block", (blocks) => blocks.length),
  ).toBeGreaterThanOrEqual(rows.length);
}

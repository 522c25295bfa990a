/**
 * Spikes as they come, in a real Chrome: the picture holds exactly the spikes that the network fires, rates follow the sliders,
 * and a network fires the same spikes in Chrome as in Node on the same adapter.
 */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { softwareVulkan } from "../../src/cli/vulkan";
import { findModel, type ModelOptions, modelOptions } from "../../src/experiment/models";
import { Simulation } from "../../src/experiment/simulation";
import type { SpikingNetwork } from "../../src/net/spiking/model";
import { testDevice } from "../support/device";
import { withPage } from "./page";
import { until } from "./race";

interface Told {
  readonly step: number;
  readonly neurons: number;
  readonly populations: readonly { readonly name: string; readonly size: number; readonly rate: number }[];
  readonly longestGap: number | undefined;
  readonly lost: number;
  readonly adapter: string;
}

interface Band {
  readonly first: number;
  readonly size: number;
  readonly row: number;
  readonly rows: number;
  readonly top: number;
  readonly height: number;
}

interface Look {
  readonly columns: number;
  readonly rows: number;
  readonly steps: number;
  readonly bands: readonly Band[];
  readonly cells: readonly number[];
  readonly counts: readonly number[];
  readonly step: number;
}

interface Demo {
  readonly ready: Promise<unknown>;
  readonly told: Told | undefined;
  look(): Promise<Look>;
  spikesOf(key: string, scale: number, seed: number, ms: number): Promise<number[][]>;
}

const told = (page: Page) =>
  page.evaluate(() => (window.engram.spikes as unknown as Demo).told) as Promise<Told | undefined>;
const look = (page: Page) => page.evaluate(() => (window.engram.spikes as unknown as Demo).look());
const spikesOf = (page: Page, key: string, scale: number, ms: number) =>
  page.evaluate(
    (...given) => (window.engram.spikes as unknown as Demo).spikesOf(...given),
    key,
    scale,
    1,
    ms,
  );
const rate = async (page: Page) => (await told(page))!.populations[0]!.rate;
const state = (page: Page) => page.$eval("#spikes", (figure) => (figure as HTMLElement).dataset.state);

/** Sets a menu or a slider as a person does. */
const choose = (page: Page, id: string, value: string) =>
  page.$eval(
    `#${id}`,
    (element, to) => {
      (element as HTMLInputElement).value = to;
      element.dispatchEvent(new Event("input", { bubbles: true }));
    },
    value,
  );

async function pause(page: Page): Promise<void> {
  await page.focus("#spikes");
  await page.keyboard.press("k");
  await until("a pause", async () => (await state(page)) === "paused", 10_000);
  let before = -1;
  await until(
    "the end of what is under way",
    async () => {
      const { step } = await look(page);
      const same = step === before;
      before = step;
      return same;
    },
    20_000,
  );
}

/** The ring that these spikes should make. */
function ringOf({ columns, rows, steps, bands }: Look, spikes: readonly number[][]): number[] {
  const cells = new Array<number>(columns * (rows + 1)).fill(0);
  spikes.forEach((list, k) => {
    const { size, row, rows: own } = bands[k]!;
    for (let at = 0; at < list.length; at += 2) {
      const column = (Math.floor(list[at]! / steps) % columns) * (rows + 1);
      cells[column + row + Math.floor((list[at + 1]! * own) / size)]!++;
      cells[column + rows]!++;
    }
  });
  return cells;
}

/** Pixels of the bands whose colour is not the paper's, and those whose cell in the ring is not empty. */
const inked = (page: Page, { columns, rows, steps, bands, cells, step }: Look) =>
  page.$eval(
    "#spikes-raster",
    (element, ring) => {
      const canvas = element as HTMLCanvasElement;
      const copy = Object.assign(document.createElement("canvas"), {
        width: canvas.width,
        height: canvas.height,
      });
      const pen = copy.getContext("2d")!;
      (window.engram.spikes as unknown as { draw(): void }).draw(); // a canvas of WebGPU's can be read in the task that drew it
      pen.drawImage(canvas, 0, 0);
      const { data } = pen.getImageData(0, 0, copy.width, copy.height);
      const paper = data.slice(4 * ring.gap * copy.width, 4 * ring.gap * copy.width + 3);
      const begun = Math.ceil(ring.step / ring.steps);
      let [drawn, counted, both] = [0, 0, 0];
      for (const { row, rows, top, height } of ring.bands)
        for (let y = top; y < top + height; y++)
          for (let x = 0; x < copy.width; x++) {
            const at = 4 * (y * copy.width + x);
            const ink = paper.some((value, k) => value !== data[at + k]);
            const age = copy.width - 1 - x;
            const column = ((begun - 1 - age) % ring.columns) * (ring.rows + 1);
            const cell = row + Math.floor(((y - top) * rows) / height);
            const spikes = age < begun && ring.cells[column + cell]! > 0;
            if (ink) drawn++;
            if (spikes) counted++;
            if (ink && spikes) both++;
          }
      return { width: copy.width, drawn, counted, both };
    },
    { columns, rows, steps, bands, cells, step, gap: bands[0]!.top + bands[0]!.height },
  );

/** A small network's spikes as Node has them, on the adapter that the tests' Chrome uses. */
async function inNode(scale: number, ms: number): Promise<{ adapter: string; spikes: number[][] }> {
  const { icd } = softwareVulkan() ?? {};
  if (process.platform === "linux" && icd) process.env.VK_DRIVER_FILES = process.env.VK_ICD_FILENAMES = icd;
  const device = await testDevice();
  const model = findModel("cuba-4k") as unknown as { network: (options: ModelOptions) => SpikingNetwork };
  const network = model.network(modelOptions(findModel("cuba-4k"), { scale, seed: 1 }));
  const simulation = await Simulation.create(device, network);
  await simulation.run(ms);
  const spikes = simulation.names.populations.map((name) => {
    const { steps, neurons } = simulation.spikes(name);
    return Array.from(steps, (step, k) => [step, neurons[k]!]).flat();
  });
  simulation.destroy();
  return { adapter: device.facts.name, spikes };
}

it("draws every spike in its place, fires those that Node fires, follows its sliders, and fits a phone", async () => {
  const node = await inNode(0.1, 200);
  expect(node.spikes[0]!.length).toBeGreaterThan(500);
  await withPage("demos/spikes/", { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await page.evaluate(() => (window.engram.spikes as unknown as Demo).ready);
    await until("spikes", async () => ((await told(page))?.step ?? 0) >= 300, 60_000);
    await pause(page);
    const seen = await look(page);
    expect(seen.step).toBeLessThan(seen.columns * seen.steps); // all that has come is still in sight
    const { neurons, lost } = (await told(page))!;
    expect(seen.counts).toHaveLength(neurons);
    expect(lost).toBe(0);
    const spikes = await spikesOf(page, "cuba-4k", neurons / 4000, seen.step / 10);
    const all = spikes.reduce((sum, { length }) => sum + length / 2, 0);
    expect(all).toBeGreaterThan(100);
    expect(seen.counts.reduce((sum, count) => sum + count, 0)).toBe(all);
    expect(seen.cells).toEqual(ringOf(seen, spikes));
    const pixels = await inked(page, seen);
    expect(pixels.width).toBe(seen.columns);
    expect(pixels.counted).toBeGreaterThan(100);
    expect(pixels).toEqual({ ...pixels, drawn: pixels.counted, both: pixels.counted });

    expect((await told(page))!.adapter).toBe(node.adapter);
    expect(await spikesOf(page, "cuba-4k", 0.1, 200)).toEqual(node.spikes);

    await page.keyboard.press("k");
    const past = seen.step + 1000;
    await until("a rate that has settled", async () => (await told(page))!.step > past, 60_000);
    const before = await rate(page);
    await choose(page, "spikes-constant-input", "20");
    await until("more spikes", async () => (await rate(page)) > 1.5 * before, 60_000);
    await choose(page, "spikes-constant-input", "-10");
    await until("fewer spikes", async () => (await rate(page)) < before, 60_000);
    expect((await told(page))!.longestGap).toBeLessThan(1000);

    await page.setViewport({ width: 390, height: 844 });
    await choose(page, "spikes-network", "microcircuit");
    await until("the cortical column", async () => (await told(page))?.populations.length === 8, 60_000);
    await until("its spikes", async () => (await rate(page)) > 0, 60_000);
    await choose(page, "spikes-input-from-outside-each-train", "0");
    await until(
      "silence",
      async () => (await told(page))!.populations.every((one) => one.rate === 0),
      60_000,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect((await look(page)).columns).toBeLessThan(390);
    expect(consoleErrors).toEqual([]);
  });
}, 240_000);

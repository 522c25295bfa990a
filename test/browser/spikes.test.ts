/**
 * Spikes as they come, in a real Chrome: the picture holds exactly the spikes that the network fires, its rates and membranes are
 * those of the simulation, numbers follow the sliders, the address keeps what was chosen, and Chrome fires what Node fires.
 */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { softwareVulkan } from "../../src/cli/vulkan";
import { findModel, type ModelOptions, modelOptions } from "../../src/experiment/models";
import { Simulation } from "../../src/experiment/simulation";
import type { SpikingNetwork } from "../../src/net/spiking/model";
import { testDevice } from "../support/device";
import { violations } from "./axe";
import { withPage } from "./page";
import { longestTask, until } from "./race";

interface Told {
  readonly step: number;
  readonly neurons: number;
  readonly synapses: number;
  readonly populations: readonly { readonly name: string; readonly size: number; readonly rate: number }[];
  readonly deliveriesPerSecond: number;
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

interface Neuron {
  readonly population: string;
  readonly neuron: number;
}

interface Look {
  readonly columns: number;
  readonly rows: number;
  /** Steps and ms of a column, and columns of a rate. */
  readonly steps: number;
  readonly ms: number;
  readonly window: number;
  readonly bands: readonly Band[];
  readonly cells: readonly number[];
  readonly courses: readonly number[];
  readonly counts: readonly number[];
  readonly followed: readonly Neuron[];
  readonly offsets: readonly number[];
  readonly places: readonly { readonly top: number; readonly height: number }[];
  readonly pulses: boolean;
  readonly step: number;
}

interface Ran {
  readonly spikes: readonly (readonly number[])[];
  readonly membranes: readonly number[];
}

interface Demo {
  readonly ready: Promise<unknown>;
  readonly told: Told | undefined;
  readonly weights: { readonly counts: readonly number[] } | undefined;
  look(): Promise<Look>;
  spikesOf(key: string, scale: number, seed: number, ms: number, watch?: readonly Neuron[]): Promise<Ran>;
}

const key = "cuba-4k";
const scale = 0.25;

const told = (page: Page) =>
  page.evaluate(() => (window.engram.spikes as unknown as Demo).told) as Promise<Told | undefined>;
const look = (page: Page) => page.evaluate(() => (window.engram.spikes as unknown as Demo).look());
const spikesOf = (page: Page, ms: number, watch: readonly Neuron[] = []) =>
  page.evaluate(
    (...given) => (window.engram.spikes as unknown as Demo).spikesOf(...given),
    key,
    scale,
    1,
    ms,
    watch,
  );
const rate = async (page: Page) => (await told(page))!.populations[0]!.rate;
const state = (page: Page) => page.$eval("#spikes", (figure) => (figure as HTMLElement).dataset.state);
const ready = (page: Page) =>
  page.evaluate(async () => {
    await (window.engram.spikes as unknown as Demo).ready;
  });
const setting = (page: Page, part: string) =>
  page.$eval(`#spikes-${part}`, (element) => (element as HTMLInputElement).value);

/** Sets a menu or a slider as a person does. */
const choose = (page: Page, part: string, value: string) =>
  page.$eval(
    `#spikes-${part}`,
    (element, to) => {
      (element as HTMLInputElement).value = to;
      element.dispatchEvent(new Event("input", { bubbles: true }));
    },
    value,
  );

async function pause(page: Page): Promise<void> {
  await page.focus("#spikes");
  await page.keyboard.press("k");
  await until("a pause", async () => (await state(page)) === "paused", 30_000);
  let before = -1;
  await until(
    "the end of what is under way",
    async () => {
      const { step } = await look(page);
      const same = step === before;
      before = step;
      return same;
    },
    60_000,
  );
}

/** The ring that these spikes should make (shaders/view/column.wgsl). */
function ringOf(
  { columns, rows, steps, bands, followed }: Look,
  names: readonly string[],
  { spikes }: Ran,
): number[] {
  const words = rows + bands.length + followed.length + 1;
  const cells = new Array<number>(columns * words).fill(0);
  spikes.forEach((list, k) => {
    const { size, row, rows: own } = bands[k]!;
    for (let at = 0; at < list.length; at += 2) {
      const column = (Math.floor(list[at]! / steps) % columns) * words;
      const neuron = list[at + 1]!;
      cells[column + row + Math.floor((neuron * own) / size)]!++;
      cells[column + rows + k]!++;
      followed.forEach((one, f) => {
        if (one.population === names[k] && one.neuron === neuron) cells[column + rows + bands.length + f]!++;
      });
    }
  });
  return cells;
}

/** Every column's rates and membranes, as its least, greatest and last value: what the simulation says they should be. */
function coursesOf(seen: Look, { spikes, membranes }: Ran): number[] {
  const { steps, bands, followed, offsets, window, ms, step } = seen;
  const counted = spikes.map((list) => list.filter((_, at) => at % 2 === 0));
  return Array.from({ length: Math.ceil(step / steps) }, (_, column) => {
    const end = Math.min(step, (column + 1) * steps);
    const rates = bands.flatMap(({ size }, k) => {
      const whole = Math.min(window, column + 1);
      const count = counted[k]!.filter((at) => at >= (column + 1 - whole) * steps && at < end).length;
      const rate = (1000 * count) / (size * ms * (window - 1 + (end - column * steps) / steps));
      return [rate, rate, rate];
    });
    const courses = followed.flatMap((_, f) => {
      const values = Array.from(
        { length: end - column * steps },
        (_, k) => membranes[(column * steps + k) * followed.length + f]! - offsets[f]!,
      );
      return [Math.min(...values), Math.max(...values), values.at(-1)!];
    });
    return [...rates, ...courses];
  }).flat();
}

/** Pixels of the bands whose colour is not the paper's, and those whose cell in the ring is not empty. */
const inked = (page: Page, { columns, rows, steps, bands, cells, followed, step }: Look) =>
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
            const column = ((begun - 1 - age) % ring.columns) * ring.words;
            const cell = row + Math.floor(((y - top) * rows) / height);
            const spikes = age < begun && ring.cells[column + cell]! > 0;
            if (ink) drawn++;
            if (spikes) counted++;
            if (ink && spikes) both++;
          }
      return { width: copy.width, drawn, counted, both };
    },
    {
      ...{ columns, steps, bands, cells, step, gap: bands[0]!.top + bands[0]!.height },
      words: rows + bands.length + followed.length + 1,
    },
  );

/** Columns whose pixel two below the head of a membrane's lane has the ink of a stroke. */
const strokes = (page: Page, y: number) =>
  page.$eval(
    "#spikes-raster",
    (element, line) => {
      const canvas = element as HTMLCanvasElement;
      const copy = Object.assign(document.createElement("canvas"), {
        width: canvas.width,
        height: canvas.height,
      });
      const pen = copy.getContext("2d")!;
      (window.engram.spikes as unknown as { draw(): void }).draw();
      pen.drawImage(canvas, 0, 0);
      const { data } = pen.getImageData(0, line, copy.width, 1);
      // Ink is dark in the light and has no colour; nothing else at the head of a lane is dark.
      return Array.from({ length: copy.width }, (_, x) => x).filter(
        (x) => data[4 * x]! < 100 && data[4 * x + 2]! < 100,
      );
    },
    y,
  );

/** The histogram has every synapse, whether its weight is kept or a constant. */
const allWeighed = (page: Page) =>
  until(
    "all weights in the histogram",
    async () => {
      const counts = await page.evaluate(() => (window.engram.spikes as unknown as Demo).weights?.counts);
      return counts?.reduce((sum, one) => sum + one, 0) === (await told(page))!.synapses;
    },
    60_000,
  );

/** The network's spikes as Node has them, on the adapter that the tests' Chrome uses. */
async function inNode(ms: number): Promise<{ adapter: string; spikes: number[][] }> {
  const { icd } = softwareVulkan() ?? {};
  if (process.platform === "linux" && icd) process.env.VK_DRIVER_FILES = process.env.VK_ICD_FILENAMES = icd;
  const device = await testDevice();
  const model = findModel(key) as unknown as { network: (options: ModelOptions) => SpikingNetwork };
  const network = model.network(modelOptions(findModel(key), { scale, seed: 1 }));
  const simulation = await Simulation.create(device, network);
  await simulation.run(ms);
  const spikes = simulation.names.populations.map((name) => {
    const { steps, neurons } = simulation.spikes(name);
    return Array.from(steps, (step, k) => [step, neurons[k]!]).flat();
  });
  simulation.destroy();
  return { adapter: device.facts.name, spikes };
}

it("draws every spike, rate and membrane as the network has them, and keeps in its address what was chosen", async () => {
  const node = await inNode(40);
  expect(node.spikes[0]!.length).toBeGreaterThan(100);
  const firing = node.spikes[0]!.at(-1)!; // some neuron that fires at first
  const asked = `?model=${key}&scale=${scale}&watch=excitatory.${firing},inhibitory.3,excitatory.1&pace=0&span=300`;
  await withPage(`demos/spikes/${asked}`, { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    await ready(page);
    await until("spikes", async () => ((await told(page))?.step ?? 0) >= 420, 120_000);
    await pause(page);
    const seen = await look(page);
    expect(seen.step).toBeLessThan(seen.columns * seen.steps); // all that has come is still in sight
    expect(seen.followed[0]).toEqual({ population: "excitatory", neuron: firing });
    const { neurons, lost, populations, adapter } = (await told(page))!;
    expect(seen.counts).toHaveLength(neurons);
    expect(lost).toBe(0);
    const ran = await spikesOf(page, seen.step / 10, seen.followed);
    expect(adapter).toBe(node.adapter);
    ran.spikes.forEach((list, k) => {
      const early = list.findIndex((step, at) => at % 2 === 0 && step >= 400);
      expect(list.slice(0, early < 0 ? list.length : early)).toEqual(node.spikes[k]);
    });
    const all = ran.spikes.reduce((sum, { length }) => sum + length / 2, 0);
    expect(seen.counts.reduce((sum, count) => sum + count, 0)).toBe(all);
    const names = populations.map(({ name }) => name);
    expect(seen.cells).toEqual(ringOf(seen, names, ran));
    const courses = coursesOf(seen, ran);
    const farthest = courses.reduce((most, one, k) => Math.max(most, Math.abs(one - seen.courses[k]!)), 0);
    expect(courses.length).toBeGreaterThan(5 * 3 * 60);
    expect(farthest).toBeLessThan(1e-3); // spikes/s and mV, of sums in f32
    const pixels = await inked(page, seen);
    expect(pixels.width).toBe(seen.columns);
    expect(pixels.counted).toBeGreaterThan(100);
    expect(pixels).toEqual({ ...pixels, drawn: pixels.counted, both: pixels.counted });
    // Each spike of the followed neuron is a stroke two columns wide at the head of its lane.
    const begun = Math.ceil(seen.step / seen.steps);
    const own = ran.spikes[0]!.filter((_, at) => at % 2 === 0 && ran.spikes[0]![at + 1] === firing);
    const expected = own.flatMap((step) => {
      const x = seen.columns - begun + Math.floor(step / seen.steps);
      return [x, x + 1];
    });
    expect(own.length).toBeGreaterThan(0);
    const lane = seen.places[2 * names.length]!;
    expect(await strokes(page, lane.top + 2)).toEqual([...new Set(expected)].filter((x) => x < seen.columns));

    await allWeighed(page);

    await page.keyboard.press("k");
    const past = seen.step + 1000;
    await until("a rate that has settled", async () => (await told(page))!.step > past, 120_000);
    const before = await rate(page);
    expect((await told(page))!.deliveriesPerSecond).toBeGreaterThan(0);
    await choose(page, "current", "20");
    await until("more spikes", async () => (await rate(page)) > 1.5 * before, 120_000);
    expect((await longestTask(page, 1500)).processorMs).toBeLessThan(100);
    await choose(page, "current", "-10");
    await until("fewer spikes", async () => (await rate(page)) < 0.5 * before, 120_000);
    await choose(page, "stimulus", "4000");
    await page.focus("#spikes");
    await page.keyboard.press("t");
    await until("the stimulus in the rate", async () => (await rate(page)) > before, 120_000);
    await until("its end", async () => !(await look(page)).pulses, 120_000);

    // A press on a row follows a neuron of it, from now on.
    const box = await page.$eval("#spikes-raster", (canvas) => {
      const { left, top } = canvas.getBoundingClientRect();
      return { left, top };
    });
    await page.mouse.click(box.left + 100, box.top + 200);
    const pressed = (await look(page)).followed[0]!;
    expect(pressed.population).toBe("excitatory");
    expect(Math.abs(pressed.neuron - (200 * seen.bands[0]!.size) / seen.bands[0]!.height)).toBeLessThan(5);

    // The address keeps it all; what can't be used in one is told, and the rest holds.
    await until(
      "the address",
      async () => page.url().includes(`watch=excitatory.${pressed.neuron},`),
      10_000,
    );
    expect(page.url()).toContain("current=-10");
    await page.goto(`${page.url()}&g=99`);
    await ready(page);
    expect(await page.$eval("#spikes-status", (status) => status.textContent)).toMatch(
      /sets g to “99”, but it must be a number from 0 to 12/,
    );
    const kept = ["network", "size", "pace", "current", "stimulus", "g"].map((part) => setting(page, part));
    expect(await Promise.all(kept)).toEqual([key, String(scale), "0", "-10", "4000", "5.6"]);
    expect((await look(page)).followed[0]).toEqual(pressed);

    await page.setViewport({ width: 390, height: 844 });
    await choose(page, "network", "microcircuit");
    await until("the cortical column", async () => (await told(page))?.populations.length === 8, 120_000);
    await until(
      "its spikes",
      async () => (await told(page))!.populations.some((one) => one.rate > 0),
      120_000,
    );
    await allWeighed(page); // drawn, and kept one by one
    expect(page.url()).toMatch(/\?model=microcircuit&pace=0$/);
    await choose(page, "input", "0");
    await until(
      "silence",
      async () => (await told(page))!.populations.every((one) => one.rate === 0),
      120_000,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect((await look(page)).columns).toBeLessThan(390);
    expect(await violations(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
  });
}, 600_000);

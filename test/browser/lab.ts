/** What a test does with the lab: looks at it, presses its buttons, changes its settings, takes its files. */
import type { Page } from "puppeteer";
import { choose as chooseOn } from "./race";

/** Where each seed of each run stands. */
export function runs(page: Page) {
  return page.evaluate(() => {
    const { lab } = window.engram.lab;
    return lab.runs.map(({ spec, seeds }) => ({
      rule: spec.rule,
      layers: seeds[0]?.race.experiment?.settings.layers,
      steps: seeds.map(({ race }) => race.experiment?.trainers[0]?.steps ?? 0),
      values: seeds[0]?.race.experiment?.trainers[0]?.values,
      tests: seeds.map(({ key }) => lab.history.lastTest(key)?.accuracy ?? 0),
    }));
  });
}

export const steps = async (page: Page): Promise<number[]> => (await runs(page)).flatMap((run) => run.steps);

export const standing = (page: Page) => page.evaluate(() => window.engram.lab.lab.standing);

export const address = (page: Page): Promise<string> => page.evaluate(() => location.hash.slice(1));

/** Follows another address without a reload, as a pasted one does. */
export async function follow(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** A digest of all that a run's seeds have learned, exact to the bit, and the steps that it is of. */
export function learned(page: Page) {
  return page.evaluate(async () => {
    const { lab } = window.engram.lab;
    const found: { steps: number; digest: string }[] = [];
    for (const { seeds } of lab.runs)
      for (const { race } of seeds) {
        const trainer = race.experiment!.trainers[0]!;
        const fields = await Promise.all(trainer.learned.map(({ name }) => trainer.read(name)));
        const bytes = await new Blob(fields.map((field) => field as Float32Array<ArrayBuffer>)).arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        found.push({ steps: trainer.steps, digest: [...digest].map((byte) => byte.toString(16)).join("") });
      }
    return found;
  });
}

/** Changes a setting by its name on the lab's panels, as a person's hand would. */
export const choose = (page: Page, name: string, value: string | boolean): Promise<void> =>
  chooseOn(page, name, value, ".lab-settings");

/** Has the files that the page gives away pile up here, instead of in a folder. */
export function catchDownloads(page: Page): Promise<void> {
  return page.evaluate(() => {
    const caught: { name: string; blob: Blob }[] = [];
    Object.assign(window, { caught });
    let last: Blob | undefined;
    URL.createObjectURL = (blob) => {
      last = blob as Blob;
      return "blob:caught";
    };
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      caught.push({ name: this.download, blob: last! });
    };
  });
}

export const countCaught = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { caught: unknown[] }).caught.length);

/** The files caught so far, by name, in base64; they are then forgotten. */
export function caught(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const { caught: all } = window as unknown as { caught: { name: string; blob: Blob }[] };
    const entries = await Promise.all(
      all.splice(0).map(async ({ name, blob }) => {
        const bytes = new Uint8Array(await blob.arrayBuffer());
        return [name, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))] as const;
      }),
    );
    return Object.fromEntries(entries);
  });
}

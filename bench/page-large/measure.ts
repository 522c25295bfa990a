/**
 * A large network in the lab's page, in a real Chrome: whether it takes the memory that the page said before, and the time
 * that the page said once about ten steps were done.
 */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "puppeteer";
import type { LabState } from "../../demos/lab/state";
import { launchBrowser, serve } from "../../test/browser/page";
import { hardware } from "../chrome";

export interface PageRun {
  /** Sizes of the hidden layers, between 784 inputs and 10 classes. */
  readonly hidden: readonly number[];
  readonly batch: number;
  readonly steps: number;
  /** Steps after which the page is asked for the time left. */
  readonly saidAfter: number;
}

export interface PageResult extends PageRun {
  readonly adapter: string;
  readonly browser: string;
  readonly weights: number;
  /** Bytes on the device: as the page said before it began, and as counted when all was made. */
  readonly bytes: { readonly said: number; readonly taken: number };
  /** By how much the browser's GPU process grew, in bytes, where the adapter is a program whose memory that is. */
  readonly grown: number | undefined;
  /** Seconds to the end, as the page said, and as it took from then on; and the steps that had been done. */
  readonly seconds: { readonly said: number; readonly taken: number; readonly after: number };
  /** What the page showed to a person at that moment. */
  readonly words: { readonly needs: string; readonly timeLeft: string };
  readonly firstLoss: number;
  readonly lastLoss: number;
}

/** Trains backprop on the lab's digits for exactly as many steps as asked. */
export async function pageRun(run: PageRun, gpu: boolean): Promise<PageResult> {
  const site = await serve();
  try {
    const browser = await launchBrowser(gpu ? hardware : []);
    try {
      const page = await browser.newPage();
      // First a network that takes next to nothing, so that what the large one adds can be told.
      await page.goto(`${site.url}demos/lab/#${addressOf({ ...run, hidden: [1], steps: 1 })}`, {
        waitUntil: "load",
      });
      await until(page, () => window.engram.lab.lab.standing === "over");
      const pid = browser.process()!.pid!;
      const before = gpuProcessBytes(pid);
      const free = await page.evaluate(() => window.engram.lab.lab.device!.allocated);
      const small = await page.evaluate(() => window.engram.lab.lab.runs[0]!.bytes);
      await page.evaluate((to) => {
        location.hash = to;
      }, addressOf(run));
      await until(page, () => (window.engram.lab.lab.races[0]?.experiment?.trainers[0]?.steps ?? 0) > 1);
      const made = await page.evaluate(facts);
      const said = await asked(page, run.saidAfter);
      const began = performance.now();
      await until(page, () => window.engram.lab.lab.standing === "over");
      const taken = (performance.now() - began) / 1000;
      const after = gpuProcessBytes(pid);
      const losses = await page.evaluate(() => {
        const { lab } = window.engram.lab;
        return lab.history.curve(lab.runs[0]!.seeds[0]!.key).train.flatMap((score) => score?.loss ?? []);
      });
      return {
        ...run,
        ...{
          adapter: made.adapter,
          browser: (await browser.version()).replace("/", " "),
          weights: made.weights,
        },
        bytes: { said: made.said, taken: made.allocated - (free - small) },
        grown: made.software && before && after ? after - before : undefined,
        seconds: { said: said.seconds, taken, after: said.steps },
        words: { needs: made.needs, timeLeft: said.words },
        firstLoss: losses[0]!,
        lastLoss: losses.at(-1)!,
      };
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/** An address that makes the lab take exactly so many steps. */
function addressOf({ hidden, batch, steps }: PageRun): string {
  const told: Partial<Record<keyof LabState, string | number>> = {
    task: "digits",
    train: batch * steps,
    test: 100,
    epochs: 1,
  };
  const parts = Object.entries(told).map(([name, value]) => `${name}=${value}`);
  return [
    ...parts,
    `run=backprop;hidden:${hidden.join(",")};batch:${batch};optimizer:sgd;set.rate:0.01`,
  ].join("&");
}

/** What the page knows of the network once it is made. */
async function facts() {
  const { lab } = window.engram.lab;
  const { sentence, bytes, weights } = await lab.needs([lab.runs[0]!.spec], lab.dataset!, lab.runs[0]!.bytes);
  const { facts: adapter, allocated } = lab.device!;
  return {
    adapter: adapter.name,
    software: adapter.software,
    allocated,
    weights,
    said: bytes,
    needs: sentence,
  };
}

/** The time left, as soon as so many steps are done. */
async function asked(page: Page, steps: number): Promise<{ seconds: number; steps: number; words: string }> {
  for (;;) {
    const said = await page.evaluate(() => {
      const { lab } = window.engram.lab;
      const { seen, inAll } = window.engram.lab.samples();
      const left = lab.timeLeft.left(seen, inAll);
      const shown = [...document.querySelectorAll("#lab-facts div")].find(
        (fact) => fact.firstChild?.textContent === "Time left",
      );
      return {
        seconds: left?.seconds,
        steps: lab.races[0]!.experiment!.trainers[0]!.steps,
        words: shown?.lastChild?.textContent ?? "",
      };
    });
    if (said.steps >= steps && said.seconds !== undefined) return { ...said, seconds: said.seconds };
    await sleep(50);
  }
}

/** Waits for something in the page, for as long as it takes. */
async function until(page: Page, holds: () => boolean): Promise<void> {
  while (!(await page.evaluate(holds))) await sleep(50);
}

/** Memory that Chrome's GPU process holds, in bytes, from Linux's /proc; undefined where there is none to read. */
function gpuProcessBytes(root: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, "utf8");
    } catch {
      return "";
    }
  };
  const parent = (pid: string) => Number(/^PPid:\s*(\d+)/m.exec(read(pid, "status"))?.[1] ?? 0);
  const isOurs = (pid: string) => {
    for (let at = Number(pid); at > 1; at = parent(String(at))) if (at === root) return true;
    return false;
  };
  const found = readdirSync("/proc").find(
    (pid) => /^\d+$/.test(pid) && read(pid, "cmdline").includes("--type=gpu-process") && isOurs(pid),
  );
  const kibibytes = found && /^VmRSS:\s*(\d+)/m.exec(read(found, "status"))?.[1];
  return kibibytes ? Number(kibibytes) * 1024 : undefined;
}

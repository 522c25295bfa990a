/** The benchmark's page in a headless Chrome. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "puppeteer";
import { launchBrowser, serve } from "../test/browser/page";
import { treeCpuMs } from "./cpu";
import type { Bench } from "./page/main";
import type { Place } from "./place";

type Answer = { readonly value: unknown } | { readonly error: string };

declare const bench: Record<string, (...given: unknown[]) => Promise<unknown>>;
declare let answer: Answer | undefined;

/** Flags that let Chrome on Linux use the machine's GPU instead of SwiftShader. */
export const hardware = [
  "--use-webgpu-adapter=default",
  "--enable-features=Vulkan",
  "--ignore-gpu-blocklist",
];

/** Opens the page, hands it to `use`, and closes everything. */
export async function inChrome<T>(gpu: boolean, use: (place: Place) => Promise<T>): Promise<T> {
  const site = await serve(join(import.meta.dirname, "page"));
  try {
    const flags = ["--enable-webgpu-developer-features", ...(gpu ? hardware : [])];
    const browser = await launchBrowser(flags);
    try {
      const page = await browser.newPage();
      page.on("pageerror", (error) =>
        console.error(`In the page: ${error instanceof Error ? error.message : error}`),
      );
      await page.goto(site.url, { waitUntil: "load" });
      const { name: adapter, software } = await ask(page, "adapter");
      const pid = browser.process()!.pid!;
      return await use({
        name: (await browser.version()).replace("/", " "),
        adapter,
        stage: {
          enter: (...given) => ask(page, "enter", ...given),
          turn: (...given) => ask(page, "turn", ...given),
          leave: () => ask(page, "leave"),
        },
        cpuMs: software && process.platform === "linux" ? () => treeCpuMs(pid) : undefined,
        tiles: (...given) => ask(page, "tiles", ...given),
      });
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/** Calls a function of the page. It may take minutes, for which puppeteer would not wait: so its answer is fetched. */
async function ask<Name extends keyof Bench>(
  page: Page,
  name: Name,
  ...given: Parameters<Bench[Name]>
): Promise<Awaited<ReturnType<Bench[Name]>>> {
  await page.evaluate(
    (called, args) => {
      Object.assign(window, { answer: undefined });
      bench[called]!(...args).then(
        (value) => Object.assign(window, { answer: { value } }),
        (error) => Object.assign(window, { answer: { error: error?.message ?? String(error) } }),
      );
    },
    name as string,
    given as unknown[],
  );
  for (;;) {
    const found = await page.evaluate(() => answer);
    if (found && "error" in found) throw new Error(found.error);
    if (found) return found.value as Awaited<ReturnType<Bench[Name]>>;
    await sleep(100);
  }
}

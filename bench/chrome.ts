/** The benchmark's page in a headless Chrome. */
import { join } from "node:path";
import { launchBrowser, serve } from "../test/browser/page";
import type { Bench } from "./page/main";

declare const bench: Bench;

/** Flags that let Chrome on Linux use the machine's GPU instead of SwiftShader. */
const hardware = ["--use-webgpu-adapter=default", "--enable-features=Vulkan", "--ignore-gpu-blocklist"];

/** Chrome's name and version, and the page's functions, each run in the page. */
export interface BenchPage {
  readonly browser: string;
  contest: Bench["contest"];
  tiles: Bench["tiles"];
  adapter: Bench["adapter"];
}

/** Opens the page, hands it to `use`, and closes everything. */
export async function withBenchPage<T>(gpu: boolean, use: (page: BenchPage) => Promise<T>): Promise<T> {
  const site = await serve(join(import.meta.dirname, "page"));
  try {
    const browser = await launchBrowser(["--enable-webgpu-developer-features", ...(gpu ? hardware : [])]);
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(0); // a contest takes minutes
      page.on("pageerror", (error) => console.error(`In the page: ${error instanceof Error ? error.message : error}`));
      await page.goto(site.url, { waitUntil: "load" });
      return await use({
        browser: await browser.version(),
        contest: (problem, pace) => page.evaluate((...given) => bench.contest(...given), problem, pace),
        tiles: (rounds) => page.evaluate((given) => bench.tiles(given), rounds),
        adapter: () => page.evaluate(() => bench.adapter()),
      });
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/** Opening the front page as a first visit does, each time in a browser of its own: when its first curve stands and moves. */
import { setTimeout as sleep } from "node:timers/promises";
import { launchBrowser, serve } from "../../test/browser/page";
import { hardware } from "../chrome";

export interface Opening {
  readonly browser: string;
  readonly adapter: string;
  /** Seconds from the navigation on: when the accuracy has its first value, and when another. */
  readonly stands: number;
  readonly moves: number;
  /** The longest task of the main thread in the six seconds after, ms, by the browser's own records; 0: none over 50. */
  readonly longestTask: number;
}

const watchedMs = 6000;

/** One visit for each round. */
export async function openings(rounds: number, gpu: boolean): Promise<Opening[]> {
  const site = await serve();
  const results: Opening[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const browser = await launchBrowser(gpu ? hardware : []);
      try {
        const page = await browser.newPage();
        await page.setViewport({ width: 1440, height: 900 });
        await page.goto(site.url, { waitUntil: "domcontentloaded" });
        // On the page's own clock, which begins with the navigation.
        const times = await page.evaluate(async () => {
          // Asking for pictures all the time would take the processor from what is measured.
          const next = () => new Promise((resolve) => setTimeout(resolve, 25));
          const value = () => document.querySelector("#accuracy .line-label-value")?.textContent;
          while (!value()) await next();
          const [first, stands] = [value(), performance.now()];
          while (value() === first) await next();
          return { stands: stands / 1000, moves: performance.now() / 1000 };
        });
        await page.evaluate(() => {
          const longest = { ms: 0 };
          Object.assign(window, { longest });
          new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration);
          }).observe({ entryTypes: ["longtask"] });
        });
        await sleep(watchedMs);
        const longestTask = await page.evaluate(
          () => (window as unknown as { longest: { ms: number } }).longest.ms,
        );
        const adapter = await page.evaluate(() => window.engram.race.experiment!.device.facts.name);
        const version = (await browser.version()).replace("/", " ");
        results.push({ browser: version, adapter, ...times, longestTask });
      } finally {
        await browser.close();
      }
    }
  } finally {
    await site.close();
  }
  return results;
}

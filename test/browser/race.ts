/** What a test does with the race on the front page: looks at it, presses its buttons, changes its settings. */
import type { Page } from "puppeteer";

/** Where the race stands. */
export function race(page: Page) {
  return page.evaluate(() => {
    const { experiment, history } = window.engram.race;
    const trainers = experiment?.trainers ?? [];
    const rules = trainers.map(({ rule }) => rule.name);
    return {
      rules,
      steps: trainers.map(({ steps }) => steps),
      task: experiment?.settings.task,
      tested: Object.fromEntries(rules.map((rule) => [rule, history.lastTest(rule)?.accuracy ?? 0])),
    };
  });
}

export const steps = async (page: Page): Promise<number[]> => (await race(page)).steps;

/** Waits for something to come true. @throws a sentence with what did not */
export async function until(what: string, holds: () => Promise<boolean>, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Expected ${what} within ${ms / 1000} s, but it did not come.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Lays a page out for a phone, and waits until nothing reaches beyond it: charts follow a moment after. */
export async function fitsPhone(page: Page): Promise<void> {
  await page.setViewport({ width: 390, height: 844 });
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  await until("a page as narrow as a phone", fits, 20_000);
}

export const press = (page: Page, id: string): Promise<void> =>
  page.evaluate((name) => document.getElementById(name)!.click(), id);

export const noticeOf = (page: Page, id: string): Promise<string> =>
  page.$eval(`#${id}`, (notice) => notice.textContent ?? "");

/**
 * Changes a setting by its name on the panel, as a person's hand would: through the element's own events.
 * @param panels selector of the panels to look in; default the race's
 */
export function choose(
  page: Page,
  name: string,
  value: string | boolean,
  panels = "#settings",
): Promise<void> {
  return page.evaluate(
    (wanted, to, within) => {
      const row = [...document.querySelectorAll(`:is(${within}) .lil-controller`)].find(
        (controller) => controller.querySelector(".lil-name")?.textContent === wanted,
      );
      const field = row?.querySelector<HTMLSelectElement | HTMLInputElement>("select, input");
      if (!field) throw new Error(`The settings should have "${wanted}".`);
      if (field instanceof HTMLSelectElement) {
        field.selectedIndex = [...field.options].findIndex(({ text }) => text === to);
        field.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (field.type === "checkbox") {
        if (field.checked !== to) field.click();
      } else {
        field.focus();
        field.value = String(to);
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.blur();
      }
    },
    name,
    value,
    panels,
  );
}

/** Drops a file anywhere on the page. */
export function drop(page: Page, name: string, text: string): Promise<void> {
  return page.evaluate(
    (fileName, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName));
      for (const type of ["dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    name,
    text,
  );
}

/**
 * The longest task of the page's main thread within a while: on the clock, and in the thread's own processor time,
 * which does not count what other processes of a busy machine took.
 */
export async function longestTask(page: Page, ms: number): Promise<{ clockMs: number; processorMs: number }> {
  await page.tracing.start({ categories: ["-*", "disabled-by-default-devtools.timeline"] });
  await new Promise((resolve) => setTimeout(resolve, ms));
  const trace: unknown = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const events = (trace as { traceEvents: TraceEvent[] }).traceEvents;
  const place = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const named = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const main = new Set(named.map(place)); // Chrome keeps a spare one, which does nothing
  const tasks = events.filter((event) => event.name === "RunTask" && main.has(place(event)));
  if (tasks.length === 0)
    throw new Error("The trace should hold tasks of the page's main thread, but holds none.");
  const longest = (key: "dur" | "tdur") =>
    Math.round(Math.max(...tasks.map((task) => task[key] ?? 0)) / 1000);
  return { clockMs: longest("dur"), processorMs: longest("tdur") };
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, by the clock and of the thread. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

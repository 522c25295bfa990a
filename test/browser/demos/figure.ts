/** What the demos' tests do with a figure on a page: look at it, work it, and ask at the end what every page owes everyone. */
import type { Page } from "puppeteer";
import { expect } from "vitest";
import { violations } from "../axe";
import { fitsPhone, until } from "../race";
import type { SharedVisit } from "../shared";

export type Visit = SharedVisit;

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** One figure, by its id. */
export class Figure<Told> {
  constructor(
    readonly page: Page,
    readonly name: string,
  ) {}

  /** What it tells of itself; undefined before it has something to tell. */
  told(): Promise<Told | undefined> {
    return this.page.evaluate(
      (id) => (window.engram?.[id] as { told?: unknown } | undefined)?.told,
      this.name,
    ) as Promise<Told | undefined>;
  }

  /** Waits until something holds of what it tells. @returns what it told then */
  async when(what: string, holds: (told: Told) => boolean, ms = 60_000): Promise<Told> {
    let told: Told | undefined;
    const asked = async () => {
      told = await this.told();
      return told !== undefined && holds(told);
    };
    await until(what, asked, ms);
    return told!;
  }

  async state(): Promise<string | undefined> {
    return this.page.$eval(`#${this.name}`, (figure) => (figure as HTMLElement).dataset.state);
  }

  /** Waits until it is paused and the turn that was under way has ended. */
  async rests(): Promise<void> {
    await until("rest", () => this.resting(), 60_000);
  }

  private resting(): Promise<boolean> {
    return this.page.evaluate(async (id) => {
      const stage = await (window.engram[id] as { ready: Promise<{ state: string; busy: boolean }> }).ready;
      return stage.state !== "running" && stage.state !== "opening" && !stage.busy;
    }, this.name);
  }

  /** Presses a key while the focus is in the figure. */
  async key(key: "k" | "s" | "r"): Promise<void> {
    await this.page.focus(`#${this.name}`);
    await this.page.keyboard.press(key);
  }

  /** The text of one of its elements, by what follows the figure's name in its id. */
  text(part: string): Promise<string> {
    return this.page.$eval(`#${this.name}-${part}`, (element) => element.textContent ?? "");
  }

  /** What it says under its buttons. */
  says(what: string, pattern: RegExp): Promise<void> {
    return until(what, async () => pattern.test(await this.text("status")), 10_000);
  }

  press(part: string): Promise<void> {
    return this.page.$eval(`#${this.name}-${part}`, (button) => (button as HTMLElement).click());
  }

  /** Sets a slider or a menu as a person does. */
  choose(part: string, value: string): Promise<void> {
    return this.page.$eval(
      `#${this.name}-${part}`,
      (element, to) => {
        (element as HTMLInputElement).value = to;
        for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
      },
      value,
    );
  }

  /** What a finger could hardly hit: less than 40 px wide or high. A box or a circle to tick has its label's size. */
  private small(): Promise<string[]> {
    return this.page.$$eval(`#${this.name} :is(button, select, input, [role=button])`, (all) =>
      all.flatMap((element) => {
        const ticks = element.matches("[type=checkbox], [type=radio]");
        const { width, height } = (ticks ? element.closest("label")! : element).getBoundingClientRect();
        const hidden = width === 0 || element.matches(".visually-hidden");
        return hidden || (width >= 40 && height >= 40) ? [] : [`${element.outerHTML} ${width} × ${height}`];
      }),
    );
  }

  /** Fits a phone and its user's fingers, shuts nobody out in light or dark, and has left the console empty. */
  async endsWell(consoleErrors: readonly string[]): Promise<void> {
    const { page } = this;
    await fitsPhone(page);
    expect(await this.small()).toEqual([]);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    expect(await violations(page)).toEqual([]);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    expect(await violations(page, ["color-contrast"])).toEqual([]);
    expect(consoleErrors).toEqual([]);
  }
}

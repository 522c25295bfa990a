/** The panel “What did this synapse hear?”, in a real Chrome: it fills by itself, obeys hand and keyboard, and leaves the race alone. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { withPage } from "./page";
import { choose, noticeOf, press, race, steps, until } from "./race";

const desktop = { width: 1440, height: 900 };

interface Card {
  readonly rule: string;
  readonly agrees: string;
  /** Of each value that the update read. */
  readonly heard: readonly {
    readonly field: string;
    readonly origin: string;
    readonly carrier: string | undefined;
    readonly value: string;
  }[];
  /** By name: the change, this sample's own step, and what backprop asks. */
  readonly results: Readonly<Record<string, string>>;
}

const cards = (page: Page): Promise<Card[]> =>
  page.$$eval(".synapse-card", (all) =>
    all.map((card) => {
      const rows = (kind: string) => [...card.querySelectorAll<HTMLElement>(`tr[data-${kind}]`)];
      const valueIn = (row: HTMLElement) => row.querySelector(".heard-values")!.textContent ?? "";
      return {
        rule: (card as HTMLElement).dataset.rule!,
        agrees: card.querySelector<HTMLElement>("[data-agrees]")!.dataset.agrees!,
        heard: rows("field").map((row) => {
          const { field = "", origin = "", carrier } = row.dataset;
          return { field, origin, carrier, value: valueIn(row) };
        }),
        results: Object.fromEntries(rows("result").map((row) => [row.dataset.result!, valueIn(row)])),
      };
    }),
  );

const card = async (page: Page, rule: string): Promise<Card | undefined> =>
  (await cards(page)).find((one) => one.rule === rule);

const number = (text: string): number => {
  const [mantissa = "", power] = text.replaceAll("−", "-").replaceAll("\u202f", "").split("×10");
  const exponent = [...(power ?? "")].map((digit) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit) - 1);
  const scale = power === undefined ? 0 : -Number(exponent.slice(1).join(""));
  return Number(mantissa) * 10 ** scale;
};

/** Opens the panel on the page as it races. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => window.engram.race.ready);
  await page.$eval("#weights", (element) => element.scrollIntoView());
  await until("a card for each rule", async () => (await cards(page)).length === 2, 60_000);
}

/** Types a number into a box, as a keyboard does. */
async function type(page: Page, id: string, text: string): Promise<void> {
  await page.focus(`#${id}`);
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type(text);
}

const boxed = (page: Page, id: string) => page.$eval(`#${id}`, (box) => (box as HTMLInputElement).value);

it("fills by itself, tells what a synapse heard and what backprop asks, and listens where hand and keyboard point", async () => {
  await withPage("", desktop, async (page, consoleErrors) => {
    await listen(page);
    await press(page, "play");
    await until("all rules at one step", async () => new Set(await steps(page)).size === 1, 20_000);
    await press(page, "synapse-again");
    await type(page, "synapse-layer", "2"); // its pre neurons are never at rest: the activation is tanh
    await until(
      "the second layer",
      async () => (await card(page, "backprop"))?.heard[0]?.field === "hidden1/activity",
      30_000,
    );

    const backprop = (await card(page, "backprop"))!;
    expect(backprop.heard).toMatchObject([
      { field: "hidden1/activity", origin: "own" },
      { field: "hidden2/error", origin: "delivered", carrier: "error" },
    ]);
    const [pre, error] = backprop.heard.map(({ value }) => number(value));
    expect(backprop.results.asks).not.toBe("0");
    // The chain rule, from the numbers shown; three digits of each.
    expect(number(backprop.results.asks!) / (-0.03 * pre! * error!)).toBeCloseTo(1, 1);
    expect(backprop.results.alone).toBe(backprop.results.asks);
    expect(backprop.agrees).toBe("yes");

    const alignment = (await card(page, "feedback-alignment"))!;
    expect(alignment.heard).toMatchObject([
      { field: "hidden1/activity", origin: "own" },
      { field: "hidden2/error", origin: "delivered", carrier: "error" },
    ]);
    const same = Math.sign(number(alignment.results.alone!)) === Math.sign(number(alignment.results.asks!));
    expect(alignment.agrees).toBe(same ? "yes" : "no");

    // The race rests, so that only the choice can change the numbers.
    await type(page, "synapse-layer", "1");
    await until(
      "the first layer",
      async () => (await card(page, "backprop"))?.heard[0]?.field === "input/activity",
      30_000,
    );
    const [held] = await steps(page);
    const first = await cards(page);
    const changed = (before: readonly Card[]) => async () =>
      JSON.stringify(await cards(page)) !== JSON.stringify(before) && (await cards(page)).length === 2;

    const post = Number(await boxed(page, "synapse-post"));
    await page.focus("#synapse-post");
    await page.keyboard.press("ArrowUp");
    await until("the next neuron's numbers", changed(first), 30_000);
    expect(await boxed(page, "synapse-post")).toBe(String(post + 1));
    const second = await cards(page);
    expect(second[0]!.heard[0]).toEqual(first[0]!.heard[0]); // the pre neuron is the same
    expect(second[0]!.heard[1]!.value).not.toBe(first[0]!.heard[1]!.value);

    const tile = (await page.$$(".weight-row:nth-child(2) .weight-tile canvas"))[4]!;
    await tile.scrollIntoView();
    const box = (await tile.boundingBox())!;
    await page.mouse.click(box.x + (box.width * 14.5) / 28, box.y + (box.height * 3.5) / 28);
    await until("the clicked synapse's numbers", changed(second), 30_000);
    expect(await boxed(page, "synapse-pre")).toBe(String(3 * 28 + 14));
    expect(await boxed(page, "synapse-post")).toBe("4");
    const marked = () => page.$$eval(".weight-tile.is-marked .pixel-ring:not([hidden])", (all) => all.length);
    expect(await marked()).toBe(2); // the same synapse under both rules

    await type(page, "synapse-pre", "785");
    await until("a sentence", async () => (await noticeOf(page, "synapse-notice")) !== "", 10_000);
    expect(await noticeOf(page, "synapse-notice")).toBe(
      "“Pre neuron” takes a whole number from 0 to 784, but the box holds 785.",
    );
    await type(page, "synapse-pre", "784");
    await until(
      "the bias, which hears 1",
      async () => (await card(page, "backprop"))?.heard[0]?.value === "+1",
      30_000,
    );
    await page.select("#synapse-split", "test");
    await until(
      "a test sample",
      async () => (await page.$eval(".sample-told", (told) => told.textContent))!.startsWith("Test sample 0"),
      30_000,
    );

    expect(await steps(page)).toEqual([held, held]);
    await press(page, "play");
    await until("the race going on", async () => Math.max(...(await steps(page))) > held!, 30_000);
    await choose(page, "Task", "XOR");
    await until("XOR", async () => (await race(page)).task === "xor", 30_000);
    await until(
      "a synapse of the new network, under both rules",
      async () =>
        (await page.$eval(".sample-numbers", (told) => told.textContent)) === "0, 1" &&
        (await cards(page)).length === 2,
      30_000,
    );
    expect(consoleErrors).toEqual([]);
  });
}, 240_000);

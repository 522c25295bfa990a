/** The workbench in a real Chrome: typed, compiled, run, wrong, mended, linked, and taken along. */
import type { Page } from "puppeteer";
import { expect, it } from "vitest";
import { violations } from "./axe";
import { withPage } from "./page";
import { press, until } from "./race";

interface Told {
  readonly state: string;
  readonly steps: number;
  readonly standings: Readonly<Record<string, { readonly length: number; readonly angle: number }>>;
  readonly rate: number | undefined;
}

const told = (page: Page): Promise<Told> =>
  page.evaluate(() => {
    const { bench, neuronBench } = window.engram.workbench as {
      bench: { state: string; steps: number; standings: Map<string, { length: number; angle: number }> };
      neuronBench: { measured?: { rate: number } };
    };
    return {
      state: bench.state,
      steps: bench.steps,
      standings: Object.fromEntries(
        [...bench.standings].map(([name, { length, angle }]) => [name, { length, angle }]),
      ),
      rate: neuronBench.measured?.rate,
    };
  });

const textOf = (page: Page, id: string) => page.$eval(`#${id}`, (element) => element.textContent ?? "");

/** Types into the editor as a person does, over what stands there. */
async function type(page: Page, text: string): Promise<void> {
  await page.focus("#wb-text");
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type(text);
}

const link = `#${new URLSearchParams({ rule: "param gain = 1 in 0 .. 2\ndw = gain * post * (pre - post * w)", beside: "oja", neurons: "4", colour: "red", rate: "fast" })}`;

it("takes a rule from a link, runs it once asked, keeps it when a bad one is typed, and goes on with a new one", async () => {
  await withPage(`demos/workbench/${link}`, { width: 1440, height: 900 }, async (page, consoleErrors) => {
    await page.evaluate(() => (window.engram.workbench as { ready: Promise<void> }).ready);

    // From a link nothing runs; what it says wrongly is told, and the rest holds.
    expect(await textOf(page, "wb-status")).toContain("Nothing runs until you press Run");
    expect(await textOf(page, "wb-link-said")).toContain("“colour” means nothing here");
    expect(await textOf(page, "wb-link-said")).toContain("rate can’t be “fast”: it is a number from");
    expect(await textOf(page, "wb-wgsl")).toContain("return gain * post * (pre - post * w);");
    expect(await textOf(page, "wb-audit")).toMatch(/Yours.*No.*Waits for no other layer.*Local.*None/s);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await told(page)).toMatchObject({ state: "idle", steps: 0 });

    // Run: Oja's lengths come to 1, and those of the known rule beside it.
    await press(page, "wb-run");
    await until("a first look", async () => (await told(page)).standings.yours !== undefined, 120_000);
    const first = (await told(page)).standings.yours!;
    await until(
      "lengths of 1",
      async () => {
        const { yours, oja } = (await told(page)).standings;
        return Math.abs(yours!.length - 1) < 0.02 && Math.abs(oja!.length - 1) < 0.02;
      },
      180_000,
    );
    const grown = (await told(page)).standings;
    expect(Math.abs(first.length - 1)).toBeGreaterThan(0.2);
    expect(grown.yours!.angle).toBeLessThan(first.angle);
    expect(grown.yours!.length).toBeCloseTo(grown.oja!.length, 5); // gain is 1, so it is Oja's rule

    // A bad rule: the caret stands under it, and the old one runs on.
    await type(page, "dw = post * prre");
    await until("a caret", async () => (await textOf(page, "wb-fault")).includes("^^^^"), 20_000);
    expect(await textOf(page, "wb-fault")).toBe(
      "dw = post * prre\n            ^^^^Line 1, column 13: Expected a known name, but found prre; did you mean pre?",
    );
    expect(await page.$eval("#wb-text", (area) => area.getAttribute("aria-invalid"))).toBe("true");
    expect(
      await page.$$eval(".code-wrong", (all) => all.map(({ textContent }) => textContent).join("")),
    ).toBe("prre");
    const { steps } = await told(page);
    await until("more steps of the old one", async () => (await told(page)).steps > steps, 60_000);
    expect((await told(page)).state).toBe("running");

    // Tab leads on, out of the editor.
    await page.focus("#wb-text");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("wb-run");

    // Another rule goes on from these weights: with a leak twice the growth, lengths fall.
    await type(page, "param leak = 3 in 0 .. 5\ndw = pre * post - leak * w");
    await until("shorter weights", async () => (await told(page)).standings.yours!.length < 0.5, 120_000);
    expect((await told(page)).standings.oja!.length).toBeCloseTo(1, 1);
    expect(await textOf(page, "wb-wgsl")).toContain("return pre * post - leak * w;");

    // Its slider writes into the text; the address holds it.
    await page.focus("#wb-param-leak");
    await page.keyboard.press("ArrowLeft");
    const text = await page.$eval("#wb-text", (area) => (area as HTMLTextAreaElement).value);
    expect(text).toMatch(/^param leak = 2\.9\d* in 0 \.\. 5\n/);
    await until(
      "the address",
      async () => new URLSearchParams(new URL(page.url()).hash.slice(1)).get("rule") === text,
      10_000,
    );

    expect(await violations(page)).toEqual([]);

    // A neuron: it runs once asked, and fires as it should.
    await press(page, "wb-mode-neuron");
    expect((await told(page)).state).toBe("paused");
    expect((await told(page)).rate).toBeUndefined();
    await press(page, "wb-run");
    await until("its spikes", async () => (await told(page)).rate !== undefined, 120_000);
    expect((await told(page)).rate).toBeGreaterThanOrEqual(35); // 20 ln 4 ms between spikes
    expect((await told(page)).rate).toBeLessThanOrEqual(37);
    expect(await textOf(page, "wb-name-said")).toContain("src/neuron/my-neuron.ts");
    expect(await violations(page)).toEqual([]);

    // On a phone nothing scrolls sideways.
    await page.setViewport({ width: 390, height: 844 });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    await until("the width of a phone", fits, 20_000);
    expect(consoleErrors).toEqual([]);
  });
}, 900_000);
